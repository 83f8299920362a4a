// Officials at the pages of the commune's server, in a real browser: logging in and being kept
// out, each page wide and narrow, with script and without, names that try to be markup, and what
// axe finds. Pictures of each page are kept in out/e2e/officials.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { check, same } from './cases.mjs'
import { LESSONS, THONS, UNITS, nameThings } from './commune.mjs'
import { Office, PASSWORD, SIZES, at } from './office.mjs'
import { ask, askIn, makeKey } from './peer.mjs'
import { bin, run } from './stage.mjs'

const PATHS = ['/', '/theo-thon', '/theo-bai', '/theo-nhom', '/don-vi', '/bao-cao', '/cac-may', '/may', '/kho-khan', '/phong-trao', '/ho-so-don-vi', '/thong-bao', '/goi-bai', '/viec-cho', '/cai-dat', '/can-bo', '/nhat-ky', '/toi', '/them']
const XSS = ['<script>globalThis.bad=1</script>', '"><img src=x onerror=globalThis.bad=1>', "'-globalThis.bad-'", '</title><svg onload=globalThis.bad=1>', '<style>@import"//evil.example"</style>', 'javascript:globalThis.bad=1', '<a href="javascript:globalThis.bad=1">Mời bấm</a>', '&lt;script&gt;', '<base href="//evil.example/">']

const office = await new Office('officials').open()
const { stage, cases, machines } = office
const server = (...args) => office.server(...args)
const stranger = options => office.stranger(options)
const official = (name, options) => office.official(name, options)
const logIn = (...args) => office.logIn(...args)
const pathOf = path => (path === '/may' ? `/may?id=${machines[1].kiosk}` : path)
const visit = (page, path) => office.visit(page, pathOf(path))

await cases.test('who is not logged in is asked to, and then sees what was asked for', async () => {
  const page = await stranger()
  same(await visit(page, '/theo-thon?period=2026-H1'), 200, 'the log-in page')
  same(at(page), '/dang-nhap', 'where')
  await office.picture(page, 'dang-nhap-wide')
  same(await logIn(page), 303, 'the answer')
  same(page.url(), `${stage.url}/theo-thon?period=2026-H1`, 'the way back')
  const [cookie] = await page.context().cookies()
  check(cookie.httpOnly && cookie.sameSite === 'Strict' && cookie.value.length === 64 && cookie.expires === -1, `the cookie: ${JSON.stringify(cookie)}`)
  await page.click('.me button')
  same(at(page), '/dang-nhap', 'after logging out')
  await visit(page, '/')
  same(at(page), '/dang-nhap', 'and for good')
  await page.context().close()
})

await cases.test('kiosks and papers need no log-in', async () => {
  for (const [method, path, status] of [['GET', '/healthz', 200], ['GET', '/metrics', 200], ['GET', '/giay', 200], ['GET', '/v1/time?nonce=abc', 200], ['POST', '/v1/bundles', 400], ['GET', '/totals.csv', 303], ['GET', '/may?id=x', 303]]) same((await ask(stage.url, method, path, method === 'POST' ? 'x' : undefined)).status, status, `${method} ${path}`)
})

await cases.test('a wrong password is refused in words, five of them wait', async () => {
  const page = await stranger({ extraHTTPHeaders: { 'X-Forwarded-For': '192.0.2.9', 'X-Forwarded-Proto': 'https' } })
  for (let i = 0; i < 5; i++) {
    await visit(page, '/dang-nhap')
    same(await logIn(page, 'khong-ai', 'sai-mat-khau'), 401, `try ${i}`)
    check((await page.textContent('[role=alert]')).includes('chưa khớp'), 'it is said')
  }
  same(await logIn(page, 'quantri'), 429, 'the sixth, though it is right')
  check((await page.textContent('[role=alert]')).includes('5 phút'), 'how long')
  await office.picture(page, 'dang-nhap-cho-wide')
  await page.context().close()
  const other = await official() // another address
  check(!(await visit(other, '/nhat-ky') !== 200), 'others work on')
  await other.context().close()
})

await cases.test('every page, wide and narrow, with script and without', async () => {
  for (const [size, viewport] of Object.entries(SIZES)) {
    for (const javaScriptEnabled of [false, true]) {
      const page = await official('quantri', { viewport, javaScriptEnabled })
      let words
      for (const path of PATHS) {
        same(await visit(page, path), 200, path)
        same(await page.locator('h1').count(), 1, `${path}: one h1`)
        same(await page.locator('html').getAttribute('lang'), 'vi', path)
        await office.fits(page, `${path} at ${size}`)
        words = await page.locator('main').innerText()
        check(!/undefined|NaN|null|%ld|%zu/.test(words), `${path}: ${words.slice(0, 200)}`)
        if (!javaScriptEnabled) await office.picture(page, `${path.slice(1) || 'tong-quan'}-${size}`, size === 'wide')
        if (!javaScriptEnabled) continue
        await office.axeIsContent(page, `${path} at ${size}`)
      }
      same(page.complaints, [], `complaints at ${size}`)
      await page.context().close()
    }
  }
})

await cases.test('the pages say what the kiosks counted', async () => {
  const page = await official()
  await visit(page, '/?period=2026-H2')
  const text = await page.innerText('main')
  for (const words of ['1.208', '931', '77% người ghi danh', '+164 so với kỳ trước', 'Nước Giáp', 'Người dân', 'Máy 02', 'Nguồn điện yếu', 'Buổi học']) check(text.includes(words), `the overview says ${words}`)
  await visit(page, '/theo-thon?period=2026-H2')
  const rows = await page.locator('tbody tr').evaluateAll(all => all.map(r => [...r.cells].map(c => c.innerText.trim())))
  same(rows.map(r => r[0]), [...THONS.map(t => t[1]), 'Toàn xã'], 'thôn in the order of their codes')
  same(rows[0].slice(1, 6), ['412', '231', '194', 'chưa có', '47%'], 'Nước Giáp')
  await visit(page, '/don-vi?period=2026')
  same(await page.locator('tbody th').allInnerTexts(), ['Đoàn thanh niên xã', 'Hội Phụ nữ xã', 'Tổ công nghệ số Nước Giáp', 'Ủy ban Mặt trận xã'], 'units by the Vietnamese alphabet')
  await visit(page, '/theo-bai?period=2026-11')
  check((await page.innerText('main')).includes(LESSONS[3][1]), 'a lesson by its title')
  await visit(page, '/theo-thon?period=2019')
  check(!/\b0\b/.test(await page.locator('tbody tr').first().innerText()), 'what nobody counted is no 0')
  await page.context().close()
})

await cases.test('periods: links, steps, free days', async () => {
  const page = await official()
  for (const word of ['Tháng', 'Quý', '6 tháng', 'Năm', 'Giai đoạn', 'Tất cả']) {
    await visit(page, '/theo-bai')
    await page.click(`.seg a:text-is("${word}")`)
    same(await page.locator('.seg [aria-current]').innerText(), word, 'the chosen one')
  }
  await page.click('.seg a:text-is("Tháng")')
  await page.click('text=‹ Kỳ trước')
  check(/period=\d{4}-\d\d$/.test(page.url()), `the month before: ${page.url()}`)
  await page.click('summary:has-text("Chọn ngày")')
  await page.fill('[name=tu]', '2026-10-01')
  await page.fill('[name=den]', '2026-10-31')
  await page.click('.days button')
  check((await page.innerText('.when')).includes('1/10/2026 – 31/10/2026'), 'the days')
  await visit(page, '/?tu=2026-10-05&den=2026-11-20')
  check((await page.innerText('.cards')).includes('931'), 'people of free days')
  await page.context().close()
})

await cases.test('the table file is downloaded', async () => {
  const page = await official()
  await visit(page, '/theo-thon?period=2026-H2')
  const [file] = await Promise.all([page.waitForEvent('download'), page.click('text=Tải bảng')])
  same(file.suggestedFilename(), 'bdhvs.csv', 'its name')
  const csv = readFileSync(await file.path(), 'utf8')
  check(csv.startsWith('\uFEFF"Bảng"') && csv.includes('"Nước Giáp"'), csv.slice(0, 200))
  await page.context().close()
})

await cases.test('difficulties are written down, moved on, and stand in the report', async () => {
  const page = await official()
  await visit(page, '/kho-khan')
  for (const [place, kind, words] of [['t07', 'Mạng', 'Mất sóng từ khi mưa, 9 ngày chưa gửi'], ['t01', 'Điện', 'Ổ cắm lỏng, máy tắt giữa buổi\nĐã thay dây'], ['-', 'Thời gian', 'Mùa gặt, lớp sáng vắng. Xin dời sang tối']]) {
    await page.selectOption('#noi', place)
    await page.check(`label:has-text("${kind}") input`)
    await page.fill('#gi', words)
    await page.selectOption('#ai', 'kiemtra')
    await page.click('text=Ghi lại')
    same(at(page), '/kho-khan', words)
  }
  await page.locator('tr', { hasText: 'Mất sóng' }).locator('button').click()
  await page.locator('tr', { hasText: 'Ổ cắm' }).locator('button').click()
  await page.locator('tr', { hasText: 'Ổ cắm' }).locator('button').click()
  same(await page.locator('tbody tr').count(), 2, 'those that are not done')
  await page.click('text=Tất cả 3')
  const words = await page.innerText('table')
  for (const said of ['Cây Muối', 'Mất sóng', 'Đang làm', 'Toàn xã', 'Mới ghi', 'Xong']) check(words.includes(said), `the table says ${said}`)
  await office.picture(page, 'kho-khan-wide')
  await visit(page, '/bao-cao')
  check((await page.innerText('.paper')).includes('Cây Muối (Mạng): Mất sóng từ khi mưa, 9 ngày chưa gửi Đang giải quyết.'), await page.innerText('.paper'))
  await page.context().close()
  const looks = await official('kiemtra')
  await visit(looks, '/kho-khan')
  same(await looks.locator('main form').count(), 0, 'forms for an inspector')
  await looks.context().close()
})

await cases.test('an editor writes a notice, sees it before, changes it and takes it down; others only look', async () => {
  const page = await official('bientap')
  const words = 'Sáng thứ bảy có lớp ở nhà văn hóa; mời bà con mang theo điện thoại.'
  const press = word => Promise.all([page.waitForNavigation(), page.click(`.pair > :last-child button:has-text("${word}")`)])
  await visit(page, '/thong-bao')
  await page.fill('#loi', words)
  await page.fill('#noi', 'Ủy ban nhân dân xã')
  await press('Xem trước')
  check((await page.textContent('.pair > :last-child .notice')).includes(words), 'the preview')
  same(await page.locator('tbody tr').count(), 0, 'nothing is out yet')
  await press('Đăng lên')
  same(await page.locator('tbody tr').count(), 1, 'the notice')
  check((await page.textContent('tbody tr')).includes('Đang đăng'), 'that it stands')
  check((await page.textContent('tbody tr')).includes('chưa có'), 'nobody counted a play: not 0')
  await machines[0].send([['notice_plays', new Date(Date.now() + 7 * 3600e3).toISOString().slice(0, 10), 'tb1', '-', 12], ['notice_plays', '2026-11-01', 'm09-b03', '-', 3]], [])
  await visit(page, '/thong-bao?period=all')
  same((await page.textContent('tbody tr td.num')).trim(), '12', 'its plays, without those of the loudspeakers')
  for (const [name, view] of Object.entries(SIZES)) {
    await page.setViewportSize(view)
    await office.picture(page, `thong-bao-${name}`, true)
  }
  await page.setViewportSize(SIZES.wide)
  for (const words of XSS) {
    await page.fill('#loi', words)
    await press('Xem trước')
    same(await page.textContent('.pair > :last-child .notice p'), words, 'words stay words')
  }
  await visit(page, '/thong-bao')
  await page.fill('#loi', 'Lời ngắn.')
  await page.fill('#tu', '2026-01-02')
  await page.fill('#den', '2026-01-01')
  await press('Đăng lên')
  check((await page.textContent('.pair > :last-child .fault')).includes('Ngày'), 'what is wrong, in words')
  same(await page.inputValue('#loi'), 'Lời ngắn.', 'what was typed is still there')
  await visit(page, '/thong-bao')
  await Promise.all([page.waitForNavigation(), page.click('tbody a:has-text("Sửa")')])
  await page.fill('#noi', 'Đoàn thanh niên')
  await press('Đăng lên')
  check((await page.textContent('tbody tr')).includes('Đoàn thanh niên'), 'the change')
  const looks = await official('kiemtra')
  await visit(looks, '/thong-bao')
  same(await looks.locator('main form[method=post]').count(), 0, 'no ways to change')
  await looks.context().close()
  await Promise.all([page.waitForNavigation(), page.click('tbody button:has-text("Gỡ")')])
  check((await page.textContent('tbody tr')).includes('Đã thôi'), 'that it is down')
  await page.context().close()
  const minh = await official()
  await visit(minh, '/nhat-ky')
  check((await minh.textContent('main')).includes('Gỡ thông báo'), 'the log says who')
  await minh.context().close()
})

await cases.test('a report is chosen, seen and printed', async () => {
  const page = await official()
  await visit(page, '/?period=2026-H2')
  await page.click('text=Làm báo cáo')
  await page.uncheck('[name=bai]')
  await page.fill('#nhan-xet', 'Lớp đông hơn kỳ trước.\nCần thêm máy <b>.')
  await page.click('text=Xem bản in')
  const words = await page.innerText('.paper')
  for (const said of ['BÁO CÁO', '6 tháng cuối năm 2026', 'Có 1.208 người ghi danh, 931 người xong ít nhất 1 bài (77%)', '67 buổi học', 'Người dân 803 (66%)', 'Nhận xét', 'Cần thêm máy <b>.', '46 lượt của Máy 02']) check(words.includes(said), `the report says ${said}: ${words}`)
  check(!words.includes('Theo bài học'), 'without what was left out')
  await office.picture(page, 'bao-cao-chon-wide')
  await page.emulateMedia({ media: 'print' })
  writeFileSync(join(office.pictures, 'bao-cao.pdf'), await page.pdf({ preferCSSPageSize: true }))
  await page.context().close()
})

await cases.test('the report is taken as each kind of file, and its figures are kept', async () => {
  const page = await official()
  const take = async (kind, outside) => {
    await visit(page, '/bao-cao?period=2026-H2')
    await page.selectOption('#dang', kind)
    await page.setChecked('[name=ngoai]', outside)
    const [file] = await Promise.all([page.waitForEvent('download'), page.click('text=Tải về')])
    return [file.suggestedFilename(), readFileSync(await file.path())]
  }
  for (const [kind, name, starts] of [['docx', 'bao-cao-2026-H2.docx', 'PK'], ['muc', 'bao-cao-2026-H2.docx', 'PK'], ['xlsx', 'bao-cao-2026-H2.xlsx', 'PK'], ['csv', 'bao-cao-2026-H2.csv', '\uFEFF'], ['json', 'bao-cao-2026-H2.json', '{"schema":1'], ['dhis2', 'bao-cao-2026-H2.dhis2.json', '{']]) {
    const [got, bytes] = await take(kind, false)
    same(got, name, `${kind}: its name`)
    check(bytes.toString('utf8').startsWith(starts), `${kind}: ${bytes.toString('utf8', 0, 60)}`)
  }
  const [, exact] = await take('json', false), [, merged] = await take('json', true)
  same([JSON.parse(exact).outside, JSON.parse(merged).outside], [false, true], 'merged when asked for')
  // the very document that the command line gives
  const out = join(stage.dir, 'h2.json')
  server('report', '--period', '2026-H2', '--out', out)
  same(exact.equals(readFileSync(out)), true, 'the same bytes as the command')
  await visit(page, '/bao-cao?period=2026-H2')
  await office.picture(page, 'bao-cao-tai-wide', true)
  await page.click('text=Chốt số liệu kỳ này')
  check((await page.innerText('main')).includes('Kỳ này đã chốt, bản 1'), 'kept')
  same(JSON.parse((await take('json', false))[1]).version, 1, 'the file is of what is kept')
  check(server('report', '--list').includes('2026-H2'), 'the command line knows it')
  await visit(page, '/nhat-ky')
  check((await page.innerText('main')).includes('Chốt số liệu của kỳ'), 'it stands in the log')
  await visit(page, '/bao-cao?period=2026-H2')
  await page.click('text=Chốt bản sửa, nếu số đã khác')
  await visit(page, '/nhat-ky')
  same((await page.innerText('main')).split('Chốt số liệu của kỳ').length - 1, 1, 'a correction of nothing is no deed')
  for (const path of ['/bao-cao/tai?period=2026-H2&dang=exe', '/bao-cao/tai?period=P1&dang=dhis2', '/bao-cao/tai?period=x&dang=csv']) same(await visit(page, path), 400, path)
  await page.context().close()
  const looks = await official('kiemtra')
  await visit(looks, '/bao-cao?period=2026-H2')
  same(await looks.locator('text=Chốt').count() > 0 && await looks.locator('form[action="/bao-cao/chot"]').count(), 0, 'who inspects keeps nothing')
  await looks.context().close()
})

await cases.test('settings are written, read by pages and the command line, and taken back', async () => {
  const page = await official()
  const write = async (kind, values) => {
    await visit(page, '/cai-dat')
    const box = page.locator(`section[aria-labelledby="${kind}"]`)
    await box.locator('summary').click()
    for (const [i, value] of values.entries()) {
      const field = box.locator(`[name=o${i}]`)
      if (await field.evaluate(e => e.tagName) === 'SELECT') await field.selectOption(value)
      else await field.fill(value)
    }
    const [answer] = await Promise.all([page.waitForNavigation(), box.locator('text=Ghi lại').last().click()])
    return answer.request().redirectedFrom() ? 303 : answer.status()
  }
  same(await write('chi-tieu', ['g4', '2027-H1', '150', '2027-06-30', 'KH 12/KH-UBND']), 303, 'a target')
  same(await write('don-vi', ['u77', 'Hội Nông dân <b>xã</b>']), 303, 'a unit')
  same(await write('dan-so', ['t01', '2026', '90', '-', '240', '2026-01-15', 'Công an xã']), 303, 'people of a thôn')
  const kept = server('settings')
  for (const line of ['target.g4.2027-h1 = 150; 2027-06-30; KH 12/KH-UBND', 'unit.u77 = Hội Nông dân <b>xã</b>', 'base.t01.2026 = 90; -; 240; 2026-01-15; Công an xã']) check(kept.includes(line), `${line} in ${kept}`)
  await office.picture(page, 'cai-dat-sau-wide', true)
  same(await write('chi-tieu', ['g4', 'tháng sau', '150', '2027-06-30', 'KH']), 400, 'no such period')
  same(await write('chi-tieu', ['g4', '2027-H2', '150', '2027-06-30', 'KH; 999']), 400, 'one part too many')
  await visit(page, '/cai-dat')
  const row = page.locator('tr', { hasText: 'g4.2027-h1' })
  await row.locator('button').click()
  check((await page.innerText('main')).includes('Chưa ghi gì cả'), 'not without being sure')
  await visit(page, '/cai-dat')
  await row.locator('[name=chac]').check()
  await row.locator('button').click()
  check(!server('settings').includes('2027-h1'), 'taken back')
  await visit(page, '/nhat-ky')
  check((await page.innerText('main')).includes('target.g4.2027-h1'), 'both stand in the log')
  const [cookie] = await page.context().cookies()
  const token = await page.locator('.me [name=ma]').getAttribute('value')
  const post = body => fetch(`${stage.url}/cai-dat`, { method: 'POST', redirect: 'manual', headers: { Cookie: `${cookie.name}=${cookie.value}`, 'Content-Type': 'application/x-www-form-urlencoded' }, body: `ma=${token}&${body}` })
  for (const body of ['viec=bo&chac=co&khoa=content.key', 'viec=bo&chac=co&khoa=tls.pin', 'viec=ghi&loai=tls&o0=x', 'viec=ghi&loai=thon&o0=%3C&o1=x']) same((await post(body)).status, 400, body)
  await page.context().close()
})

await cases.test('a machine is let in, and stopped, by an administrator', async () => {
  const page = await official()
  await visit(page, '/viec-cho')
  await page.click('text=Lấy mã cho máy mới')
  const code = (await page.innerText('.code')).trim()
  const number = await askIn(stage, makeKey(), code)
  await visit(page, '/viec-cho')
  check((await page.innerText('main')).includes(number), `the number ${number}`)
  await office.picture(page, 'viec-cho-may-moi-wide')
  await page.click('text=Hai số giống nhau')
  same(at(page), '/viec-cho', 'after it')
  check(!(await page.innerText('main')).includes(number), 'nobody waits now')
  const kiosk = server('kiosks').split('\n').find(l => l.includes(number)).split(' ')[0]
  await page.goto(`${stage.url}/may?id=${kiosk}`)
  await page.click('text=Ngừng nhận số')
  await page.check('[name=chac]')
  await page.click('button:has-text("Ngừng nhận")')
  check(server('kiosks').includes(`${kiosk}  revoked`), 'it is stopped')
  await visit(page, '/nhat-ky')
  const log = await page.innerText('main')
  for (const words of ['Lấy mã ghi danh máy', `Nhận máy ${kiosk}`, `Ngừng nhận số liệu từ máy ${kiosk}`, 'Thêm cán bộ kiemtra']) check(log.includes(words), `the log says ${words}`)
  await page.context().close()
})

await cases.test('a program that machines are offered is shown, and an administrator ends it', async () => {
  const folder = join(stage.dir, 'program'), debs = join(stage.dir, 'debs'), key = join(stage.dir, 'program-key')
  mkdirSync(debs)
  writeFileSync(join(debs, 'bdhvs-kiosk_0.9.0_arm64.deb'), 'a package')
  run(bin('bdhvs-pack'), ['keygen', '--out', key])
  run(bin('bdhvs-pack'), ['program', debs, folder, `${key}.key`, '--release', '0.9.0', '--ver', '9', '--suite', 'bookworm', '--arch', 'arm64'])
  server('program-add', folder)
  for (const [size, viewport] of Object.entries(SIZES)) {
    const page = await official('quantri', { viewport })
    await visit(page, '/goi-bai')
    check((await page.innerText('[aria-labelledby=ban-may]')).includes('bookworm-arm64'), 'it is shown')
    await office.fits(page, `/goi-bai at ${size}`)
    await office.picture(page, `goi-bai-ban-may-${size}`, true)
    await page.context().close()
  }
  const other = await official('kiemtra')
  await visit(other, '/goi-bai')
  same(await other.locator('[aria-labelledby=ban-may] button').count(), 0, 'an inspector only looks')
  await other.context().close()
  const page = await official()
  await visit(page, '/goi-bai')
  await page.check('section[aria-labelledby=ban-may] [name=chac]')
  await page.click('[aria-labelledby=ban-may] button')
  same(at(page), '/goi-bai', 'after it')
  check((await page.innerText('[aria-labelledby=ban-may]')).includes('chưa giao bản máy mới'), 'it is offered no more')
  same(server('programs'), '', 'by nobody')
  await visit(page, '/nhat-ky')
  const log = await page.innerText('main')
  for (const words of ['Giao bản máy mới cho bookworm-arm64', 'Ngừng giao bản máy mới cho bookworm-arm64']) check(log.includes(words), `the log says ${words}`)
  await page.context().close()
})

await cases.test('officials are added, get passwords, are removed', async () => {
  const page = await official()
  await visit(page, '/can-bo')
  await page.fill('#ten', 'tam.thoi')
  await page.selectOption('#vai', 'inspector')
  await page.fill('#mat-khau', 'mot-cau-rat-dai')
  await page.click('button:text-is("Thêm")')
  check((await page.innerText('table')).includes('tam.thoi'), 'is there')
  const other = await stranger()
  await visit(other, '/dang-nhap')
  same(await logIn(other, 'tam.thoi', 'mot-cau-rat-dai'), 303, 'logs in')
  await visit(other, '/toi')
  await other.fill('#cu', 'mot-cau-rat-dai')
  await other.fill('#moi', 'mot-cau-moi-hon')
  await other.fill('#lai', 'mot-cau-moi-hon')
  await other.click('main button')
  same(await logIn(other, 'tam.thoi', 'mot-cau-moi-hon'), 303, 'with a new password')
  const row = page.locator('tr', { hasText: 'tam.thoi' })
  await row.locator('summary').click()
  await office.picture(page, 'can-bo-sua-wide')
  await row.locator('[name=chac]').check()
  await row.locator('button.danger').click()
  check(!(await page.innerText('table')).includes('tam.thoi'), 'is gone')
  await visit(other, '/')
  same(at(other), '/dang-nhap', 'and out at once')
  await page.context().close()
  await other.context().close()
})

await cases.test('who only looks cannot post, and editors see the figures alone', async () => {
  const page = await official('kiemtra')
  await visit(page, '/can-bo')
  same(await page.locator('main form').count(), 0, 'forms for an inspector')
  const token = await page.locator('.me [name=ma]').getAttribute('value')
  const [cookie] = await page.context().cookies()
  const headers = { Cookie: `${cookie.name}=${cookie.value}`, 'Content-Type': 'application/x-www-form-urlencoded' }
  for (const [path, body] of [['/can-bo', 'viec=xoa&ten=bientap&chac=co'], ['/viec-cho', 'viec=ma-moi'], ['/nam-thi-dua', 'viec=chep&nam=2026'], ['/viec-cho', `viec=ngung&may=${machines[0].kiosk}&chac=co`]]) same((await ask(stage.url, 'POST', path, `ma=${token}&${body}`, headers)).status, 403, `${path} ${body}`)
  check(server('staff', 'list').includes('bientap'), 'nothing happened')
  await page.context().close()
  const editor = await official('bientap')
  same(await visit(editor, '/theo-thon'), 200, 'figures')
  for (const path of ['/cai-dat', '/can-bo', '/nhat-ky', '/viec-cho', '/kiem-tra']) same(await visit(editor, path), 403, path)
  await office.picture(editor, 'khong-duoc-wide')
  same(await editor.locator('.side nav a').count(), 11, 'and no ways to the others')
  await editor.context().close()
})

await cases.test('a form of another site does nothing', async () => {
  const page = await official('quantri', { javaScriptEnabled: true })
  const elsewhere = stage.url.replace('127.0.0.1', 'localhost')
  const before = server('staff', 'list')
  for (const from of [`${elsewhere}/giay`, 'data:text/html,<p>']) {
    await page.goto(from)
    await page.evaluate(target => {
      const form = document.createElement('form')
      Object.assign(form, { method: 'post', action: `${target}/can-bo` })
      for (const [name, value] of [['viec', 'xoa'], ['ten', 'bientap'], ['chac', 'co'], ['ma', 'x'.repeat(64)]]) form.append(Object.assign(document.createElement('input'), { name, value }))
      document.body.append(form)
      form.submit()
    }, stage.url)
    await page.waitForTimeout(400)
  }
  same(server('staff', 'list'), before, 'the officials')
  const [cookie] = (await page.context().cookies()).filter(c => c.value)
  await visit(page, '/toi')
  const token = await page.locator('.me [name=ma]').getAttribute('value')
  const forged = { Cookie: `${cookie.name}=${cookie.value}`, 'Content-Type': 'application/x-www-form-urlencoded' }
  const body = `ma=${token}&viec=xoa&ten=bientap&chac=co`
  for (const extra of [{ Origin: 'https://evil.example' }, { Origin: 'null' }, { 'Sec-Fetch-Site': 'cross-site' }, { 'Sec-Fetch-Site': 'same-site' }]) same((await ask(stage.url, 'POST', '/can-bo', body, { ...forged, ...extra })).status, 403, JSON.stringify(extra))
  same((await ask(stage.url, 'POST', '/can-bo', body.replace(token, '0'.repeat(64)), forged)).status, 403, 'a guessed token')
  same(server('staff', 'list'), before, 'the officials still')
  await page.context().close()
})

await cases.test('a session of yesterday asks to log in again', async () => {
  const page = await official()
  await stage.stopServer()
  await stage.startServerAgain() // sessions live in its memory
  office.forgetSessions()
  await visit(page, '/theo-thon')
  same(at(page), '/dang-nhap', 'after the session')
  same(await logIn(page), 303, 'and in again')
  same(at(page), '/theo-thon', 'where one was')
  await page.context().close()
})

await cases.test('no page carries a script or an inline style, and all headers', async () => {
  const page = await official()
  for (const path of [...PATHS, '/dang-nhap']) {
    const answer = await page.goto(stage.url + pathOf(path))
    const headers = answer.headers()
    same(headers['content-security-policy'], "default-src 'none'; style-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'self'; frame-ancestors 'none'", path)
    same([headers['x-content-type-options'], headers['referrer-policy'], headers['cache-control']], ['nosniff', 'same-origin', 'no-store'], path)
    check(!/<script|style=|\son\w+=/.test(await answer.text()), `${path}: inline`)
  }
  await page.context().close()
})

await cases.test('names that try to be markup stay words', async () => {
  const evil = i => XSS[i % XSS.length]
  nameThings(stage, { thons: THONS.map(([code, , ...rest], i) => [code, evil(i), ...rest]), units: UNITS.map(([code, , n], i) => [code, evil(i + 3), n]), lessons: LESSONS.map(([id], i) => [id, evil(i + 5)]) })
  server('set', 'commune.name', XSS[0])
  for (const [i, machine] of machines.entries()) server('set', `kiosk.${machine.kiosk}`, evil(i + 1))
  const page = await official('quantri', { javaScriptEnabled: true })
  page.on('dialog', d => { page.complaints.push(`dialog ${d.message()}`) })
  let executed = 0
  for (const path of [...PATHS, '/?period=%22%3E%3Cscript%3EglobalThis.bad%3D1%3C/script%3E', '/theo-thon?tu=%3Csvg%20onload%3Dx%3E&den=1', '/may?id=%3Cscript%3E', '/dang-nhap?ve=javascript:globalThis.bad=1', '/giay']) {
    const status = await visit(page, path)
    check([200, 404].includes(status), `${path}: ${status}`)
    executed += await page.evaluate(() => Number(globalThis.bad !== undefined) + document.querySelectorAll('script,main img,style,base,[onload],[onerror],a[href^="javascript:"]').length)
  }
  same(executed, 0, 'executed, or markup')
  same(page.complaints.filter(c => !c.includes('404')), [], 'complaints of the policy')
  await page.context().close()
})

await cases.test('by keyboard alone: skip link, order, a form sent with Enter', async () => {
  const page = await stranger({ javaScriptEnabled: true })
  await visit(page, '/dang-nhap')
  await page.keyboard.press('Tab')
  same(await page.evaluate(() => document.activeElement.id), 'ten', 'the name comes first')
  await page.keyboard.type('quantri')
  await page.keyboard.press('Tab')
  await page.keyboard.type(PASSWORD)
  await page.keyboard.press('Enter')
  await page.waitForURL(`${stage.url}/`)
  await page.keyboard.press('Tab')
  same(await page.evaluate(() => document.activeElement.className), 'skip', 'the skip link')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Tab')
  check(await page.evaluate(() => document.querySelector('main').contains(document.activeElement)), 'into the content')
  await page.context().close()
})

await cases.test('on paper: A4, without the ways around', async () => {
  const page = await official()
  await visit(page, '/theo-thon?period=2026-H2')
  await page.emulateMedia({ media: 'print' })
  await page.setViewportSize({ width: 680, height: 960 }) // A4 within its margins
  for (const gone of ['.side nav', '.bottom', '.seg', '.weave', '.me']) check(!(await page.locator(gone).first().isVisible()), `${gone} on paper`)
  writeFileSync(join(office.pictures, 'theo-thon.pdf'), await page.pdf({ preferCSSPageSize: true }))
  await page.context().close()
})

await office.close()
