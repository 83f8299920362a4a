// The registers of the emulation movement in a real browser, without script where nothing else
// is said: one entry of each kind, consent taken back, files for spreadsheets, who may write,
// hostile words. Pictures of each page are kept in out/e2e/movement.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { check, same } from './cases.mjs'
import { Office, SIZES, at, statusOf } from './office.mjs'
import { ask } from './peer.mjs'

const PATHS = ['/phong-trao', '/ho-so-don-vi', '/sang-kien', '/dong-gop', '/bieu-duong-thang', '/guong-tot']
const NAME = 'Phạm Thị Ưa'

const office = await new Office('movement').open()
const { stage, cases } = office
const server = (...args) => office.server(...args)
const official = (name, options) => office.official(name, options)
const visit = (page, path) => office.visit(page, path)
server('set', 'module.m06', 'Căn cước trên điện thoại')

// Fills fields by their codes: text, a choice, checkboxes by their names.
async function fill(page, fields) {
  for (const [code, value] of Object.entries(fields)) {
    if (value === true) await page.check(`form.stack [name="${code}"]`)
    else if (await page.locator(`form.stack [name="${code}"][type=radio]`).count()) await page.check(`form.stack [name="${code}"][value="${value}"]`)
    else if (await page.locator(`form.stack select[name="${code}"]`).count()) await page.selectOption(`form.stack [name="${code}"]`, value)
    else await page.fill(`form.stack [name="${code}"]`, value)
  }
}

// The status of what is posted.
async function post(page) {
  const [answer] = await Promise.all([page.waitForNavigation(), page.click('text=Ghi lại')])
  return statusOf(answer)
}

async function add(page, path, fields) {
  await visit(page, path)
  await fill(page, fields)
  same(await post(page), 303, `${path} takes it`)
  same(at(page), path, 'and shows the register')
}

async function csvOf(page, path) {
  await visit(page, path)
  const [file] = await Promise.all([page.waitForEvent('download'), page.click('text=Tải bảng')])
  return { name: file.suggestedFilename(), text: readFileSync(await file.path(), 'utf8') }
}

const today = new Date(Date.now() + 7 * 3600e3).toISOString().slice(0, 10) // in Vietnam
const year = today.slice(0, 4)
const consent = { 'dong-y': true, 'ngay-dong-y': today, cach: 'giay' }
const ENTRIES = {
  '/ho-so-don-vi': { 'don-vi': 'u03', 'phu-trach': 'Đinh Thị Xoan', 'lien-he': 'hoiphunu@xa.vn', 'ke-hoach': '12/KH-HPN', 'tieu-chi': 'Mỗi tháng một buổi\nMỗi buổi mười người', 'chuyen-de.m06': true, 'thon.t01': true, 'thon.t02': true, 'thang-tu': '2026-09', 'thang-den': '2026-12' },
  '/sang-kien': { ten: 'Phiên chợ quét mã', 'don-vi': 'u02', ngay: today, 'mo-ta': 'Đoàn viên đứng ở chợ, chỉ bà con quét mã.', 'ket-qua': '34 sạp có mã' },
  '/dong-gop': { ngay: today, loai: 'cong-suc', thon: 't01', 'noi-dung': 'Đến tận nhà chỉ người già gọi con', gio: '40', nguoi: '25', buoi: '8' },
  '/bieu-duong-thang': { thang: today.slice(0, 7), thon: 't02', 'noi-dung': 'Học xong rồi chỉ lại cho cả xóm', ...consent, ten: NAME },
  '/guong-tot': { 'tieu-de': 'Bảy mươi tuổi còn đi học', ten: NAME, thon: 't01', chuyen: 'Chiều nào bà cũng ra nhà văn hóa học gọi hình.', ...consent, 'het-han': `${+year + 1}-06-30` },
}

await cases.test('one of each kind is written, without script', async () => {
  const page = await official()
  for (const [path, fields] of Object.entries(ENTRIES)) await add(page, path, fields)
  const says = { '/ho-so-don-vi': ['Hội Phụ nữ xã', 'Đinh Thị Xoan', '12/KH-HPN', 'Căn cước trên điện thoại', 'Nước Giáp, Bùi Hui', '09/2026 đến 12/2026', '1/4 tháng có buổi học, 22 buổi'], '/sang-kien': ['Phiên chợ quét mã', 'Đoàn thanh niên xã', '34 sạp có mã'], '/dong-gop': ['một bà con ở thôn Nước Giáp', 'Công sức', '40', '25', 'Không nêu tên'], '/bieu-duong-thang': [NAME, 'Bùi Hui', 'Được nêu tên'], '/guong-tot': [NAME, 'Bảy mươi tuổi còn đi học', 'Được nêu tên'] }
  for (const [path, words] of Object.entries(says)) {
    await visit(page, path)
    const text = await page.innerText('tbody')
    for (const word of words) check(text.includes(word), `${path} says ${word}: ${text}`)
  }
  await visit(page, '/phong-trao')
  const text = await page.innerText('main')
  for (const word of ['Sáng kiến, giải pháp', 'Toàn xã', '931 / 1.200', 'KH 06/KH-UBND', 'Chưa đến đích', 'Khó khăn, vướng mắc']) check(text.includes(word), `the overview says ${word}`)
  same(await page.locator('tbody tr').evaluateAll(all => all.map(r => r.cells[1].innerText)), ['1', '1', '1', '1', '1'], 'the counts')
  same(page.complaints, [], 'complaints')
  await page.context().close()
})

await cases.test('each page wide and narrow, and what axe finds', async () => {
  for (const [size, viewport] of Object.entries(SIZES)) {
    const page = await official('quantri', { viewport, javaScriptEnabled: true })
    for (const path of PATHS) {
      same(await visit(page, path), 200, path)
      await office.fits(page, `${path} at ${size}`)
      check(!/<script|style=|\son\w+=/.test(await page.content()), `${path}: inline`)
      await office.picture(page, `${path.slice(1)}-${size}`, true)
      if (size === 'wide') continue // the same markup
      await office.axeIsContent(page, `${path} at ${size}`)
    }
    same(page.complaints, [], `complaints at ${size}`)
    await page.context().close()
  }
})

await cases.test('a name without consent is refused, and nothing that was typed is lost', async () => {
  const page = await official('bientap')
  await visit(page, '/bieu-duong-thang')
  await fill(page, { thang: today.slice(0, 7), thon: 't03', 'noi-dung': 'Giúp cả xóm', ten: 'Đinh Văn Tó' })
  same(await post(page), 400, 'the answer')
  check((await page.innerText('[role=alert]')).includes('Tên được nêu'), 'which field')
  same([await page.inputValue('[name=ten]'), await page.inputValue('[name=noi-dung]'), await page.inputValue('[name=thon]')], ['Đinh Văn Tó', 'Giúp cả xóm', 't03'], 'what was typed')
  await office.picture(page, 'chua-dong-y-wide')
  await page.fill('[name=ten]', '')
  same(await post(page), 303, 'without the name')
  check((await page.innerText('tbody')).includes('một bà con ở thôn Hố Sâu'), 'nobody is named')
  await page.context().close()
})

await cases.test('the report has them; the one that is kept has no name', async () => {
  const page = await official()
  await visit(page, `/bao-cao?period=${year}`)
  const paper = await page.innerText('.paper')
  for (const word of ['Phong trào thi đua', 'Phiên chợ quét mã', 'Hội Phụ nữ xã', 'Đinh Thị Xoan', NAME, 'một bà con ở thôn Hố Sâu']) check(paper.includes(word), `the report says ${word}: ${paper}`)
  check(!paper.includes('Giấy có chữ ký'), 'proofs stay in the register')
  await office.picture(page, 'bao-cao-wide', true)
  const out = join(stage.dir, 'report.csv')
  server('report', '--period', year, '--out', out)
  const csv = readFileSync(out, 'utf8')
  for (const word of ['Biểu 9', 'Biểu 10', 'Phiên chợ quét mã', 'một bà con ở thôn Bùi Hui']) check(csv.includes(word), `the kept one says ${word}`)
  check(!csv.includes(NAME) && !csv.includes('Đinh Thị Xoan'), 'and no name')
  await page.context().close()
})

await cases.test('an entry is corrected, and an administrator still sees the old one', async () => {
  const page = await official()
  await visit(page, '/sang-kien')
  await page.click('summary')
  await page.click('a:text-is("Sửa")')
  same(await page.inputValue('[name=ten]'), 'Phiên chợ quét mã', 'it stands in the form')
  await page.fill('[name="ket-qua"]', '41 sạp có mã')
  same(await post(page), 303, 'the correction')
  same(await page.locator('tbody tr').count(), 1, 'one stands there')
  check((await page.innerText('tbody')).includes('41 sạp'), 'the new one')
  await visit(page, '/sang-kien?xem=het')
  const all = await page.innerText('tbody')
  check(all.includes('34 sạp') && all.includes('Bản cũ'), `the old one: ${all}`)
  await page.context().close()
})

await cases.test('files for spreadsheets', async () => {
  const page = await official('kiemtra')
  for (const [path, name, words] of [['/sang-kien', 'sang-kien.csv', ['"Phiên chợ quét mã"', '41 sạp']], ['/guong-tot', 'guong-tot.csv', [`"${NAME}"`]], ['/dong-gop', 'dong-gop.csv', ['"một bà con ở thôn Nước Giáp"', '"40"']]]) {
    const csv = await csvOf(page, path)
    same(csv.name, name, path)
    check(csv.text.startsWith('\uFEFF"Số"'), csv.text.slice(0, 100))
    for (const word of words) check(csv.text.includes(word), `${name} has ${word}: ${csv.text}`)
    check(!csv.text.includes('34 sạp'), 'no old version')
  }
  await page.context().close()
})

await cases.test('consent is taken back: the name is gone from pages, files and database', async () => {
  const page = await official('bientap')
  for (const path of ['/bieu-duong-thang', '/guong-tot']) {
    await visit(page, path)
    const row = page.locator('tbody tr', { hasText: NAME })
    await row.locator('summary').click()
    if (path === '/guong-tot') await office.picture(page, 'rut-dong-y-wide')
    const form = row.locator('form', { hasText: 'Rút đồng ý' })
    await form.locator('[name=chac]').check()
    await form.locator('button').click()
    same(at(page), path, 'after it')
    check(!(await page.innerText('main')).includes(NAME), `${path}: the page`)
    check(!(await csvOf(page, path)).text.includes(NAME), `${path}: the file`)
  }
  await visit(page, '/bieu-duong-thang')
  check((await page.innerText('tbody')).includes('một bà con ở thôn Bùi Hui'), 'what is said instead')
  await page.context().close()
  const administrator = await official()
  for (const path of ['/bieu-duong-thang?xem=het', '/guong-tot?xem=het', `/bao-cao?period=${year}`, '/nhat-ky']) {
    await visit(administrator, path)
    check(!(await administrator.innerText('main')).includes(NAME), path)
  }
  check((await administrator.innerText('main')).includes('Xóa tên vì rút đồng ý, dòng guong-tot'), 'the log')
  await administrator.context().close()
  await stage.stopServer()
  check(!readFileSync(stage.db.replace('sqlite:', '')).includes(NAME), 'the file of the database')
  await stage.startServerAgain()
  office.forgetSessions()
})

await cases.test('an entry is withdrawn, and stays for administrators', async () => {
  const page = await official()
  await visit(page, '/dong-gop')
  await page.click('summary')
  const form = page.locator('form', { hasText: 'Rút khỏi sổ' })
  await form.locator('[name=chac]').check()
  await form.locator('button').click()
  check((await page.innerText('main')).includes('Chưa ghi dòng nào'), 'it is not there')
  await visit(page, '/dong-gop?xem=het')
  check((await page.innerText('tbody')).includes('Đã rút'), 'but kept')
  await page.context().close()
})

await cases.test('editors write all but what units take on; inspectors read', async () => {
  const editor = await official('bientap')
  for (const path of PATHS.slice(1)) {
    same(await visit(editor, path), 200, path)
    same(await editor.locator('form.stack').count(), path === '/ho-so-don-vi' ? 0 : 1, `${path}: the form of an editor`)
    await visit(editor, `${path}?xem=het`)
    same(await editor.locator('.chip').filter({ hasText: /^(Đã rút|Bản cũ, đã sửa)$/ }).count(), 0, `${path}: what was taken out is for administrators`)
  }
  const inspector = await official('kiemtra')
  for (const path of PATHS.slice(1)) {
    same(await visit(inspector, path), 200, path)
    same(await inspector.locator('main form').count(), 0, `${path}: forms of an inspector`)
  }
  for (const [page, path, status] of [[inspector, '/sang-kien', 403], [editor, '/ho-so-don-vi', 403], [editor, '/sang-kien', 400]]) {
    await visit(page, path)
    const token = await page.locator('.me [name=ma]').getAttribute('value')
    const [cookie] = await page.context().cookies()
    const headers = { Cookie: `${cookie.name}=${cookie.value}`, 'Content-Type': 'application/x-www-form-urlencoded' }
    same((await ask(stage.url, 'POST', path, `ma=${token}&viec=ghi&so=0`, headers)).status, status, `${path} posted`)
    same((await ask(stage.url, 'POST', path, `ma=${token}&viec=rut&so=1&chac=co`, headers)).status, status === 400 ? 400 : 403, `${path}: another register's entry`)
    same((await ask(stage.url, 'POST', path, `ma=${'0'.repeat(64)}&viec=ghi`, headers)).status, 403, `${path}: a guessed token`)
  }
  await editor.context().close()
  await inspector.context().close()
  same((await ask(stage.url, 'GET', '/sang-kien?dang=csv')).status, 303, 'nobody')
})

await cases.test('hostile words stay words, on pages and in spreadsheets', async () => {
  const XSS = '"><script>globalThis.bad=1</script><img src=x onerror=globalThis.bad=1>'
  const page = await official('quantri', { javaScriptEnabled: true })
  await add(page, '/sang-kien', { ten: '=cmd|\' /C calc\'!A0', ngay: today, 'mo-ta': XSS, 'ket-qua': '</textarea><svg onload=globalThis.bad=1>' })
  await add(page, '/bieu-duong-thang', { thang: today.slice(0, 7), thon: '-', 'noi-dung': XSS, ...consent, ten: XSS.slice(0, 80) })
  await visit(page, '/sang-kien')
  const edit = await page.locator('tbody tr', { hasText: '=cmd' }).locator('a:text-is("Sửa")').getAttribute('href')
  let executed = 0
  for (const path of ['/sang-kien', edit, '/bieu-duong-thang', '/phong-trao', `/bao-cao?period=${year}`, '/sang-kien?sua=%3Cscript%3E&xem=%22%3E']) {
    same(await visit(page, path), 200, path)
    executed += await page.evaluate(() => Number(globalThis.bad !== undefined) + document.querySelectorAll('script,main img,main svg[onload],[onerror]').length)
  }
  same(executed, 0, 'executed, or markup')
  same(page.complaints, [], 'complaints of the policy')
  const csv = (await csvOf(page, '/sang-kien')).text
  check(csv.includes('"\'=cmd|'), `the formula: ${csv}`)
  await page.context().close()
})

await office.close()
