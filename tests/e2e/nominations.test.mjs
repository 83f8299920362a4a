// The emulation movement at the server's pages: candidates by figures that are those of
// `totals`, a dossier that another program than ours prints, campaign years, the inspector's
// sample, and the description of data. Pictures are kept in out/e2e/nominations.
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { check, same } from './cases.mjs'
import { LESSONS, THONS } from './commune.mjs'
import { Office, SIZES } from './office.mjs'
import { StageError, run } from './stage.mjs'

const PATHS = ['/de-nghi', '/nam-thi-dua', '/kiem-tra', '/mo-ta-du-lieu']
const FORMS = ['Giấy khen', 'Bằng khen của Chủ tịch UBND tỉnh', 'Cờ Thi đua của UBND tỉnh', 'Bằng khen của Thủ tướng Chính phủ', 'Cờ Thi đua của Chính phủ', 'Huân chương Lao động']

const office = await new Office('nominations').open()
const { stage, cases, machines } = office
const server = (...args) => office.server(...args)
const official = (name, options) => office.official(name, options)
const visit = (page, path) => office.visit(page, path)
await machines[0].send([], [['active', '2026', '-', 'thon=t01', 231], ['active', '2026', '-', 'thon=t02', 4], ['path_finished', '2026', 'short', 'thon=t01', 57], ['path_finished', '2026', 'short', 'thon=t02', 3]])
server('set', 'campaign.2026', 'Phong trào năm 2026; KH 06/KH-UBND; 2026-01-01; 2026-12-31')
const totals = JSON.parse(stage.serverTotals()).rows
const total = (stat, unit, dims, from, to = from) => totals.filter(r => r[0] === stat && (!unit || r[2] === unit) && r[3] === dims && r[1] >= from && r[1] <= to && !/[HQ]/.test(r[1])).reduce((sum, r) => sum + r[4], 0)
const submit = (page, selector) => Promise.all([page.waitForNavigation(), page.click(selector)]).then(([answer]) => answer.status())
const cells = (page, selector) => page.locator(selector).evaluateAll(all => all.map(r => [...r.cells].map(c => c.innerText.trim())))

await cases.test('each page is for its roles, wide and narrow, and axe finds nothing', async () => {
  const stranger = await office.stranger()
  for (const path of PATHS) {
    await stranger.goto(stage.url + path)
    same(new URL(stranger.url()).pathname, '/dang-nhap', `${path} without a log-in`)
  }
  await stranger.context().close()
  for (const [name, statuses] of [['bientap', [200, 200, 403, 200]], ['kiemtra', [200, 200, 200, 200]]]) {
    const page = await official(name)
    for (const [i, path] of PATHS.entries()) same(await visit(page, path), statuses[i], `${path} for ${name}`)
    await visit(page, '/nam-thi-dua')
    same(await page.locator('main form').count(), 0, `${name} is offered no change of years`)
    same(await page.locator('.under a').count(), name === 'bientap' ? 4 : 5, `what ${name} is led to`)
    await page.context().close()
  }
  for (const [size, viewport] of Object.entries(SIZES)) {
    const page = await official('quantri', { viewport, javaScriptEnabled: true })
    for (const path of PATHS) {
      same(await visit(page, path), 200, path)
      same(await page.locator('h1').count(), 1, `${path}: one h1`)
      same(await page.locator('.side nav [aria-current=page]').getAttribute('href'), '/phong-trao', `${path}: its place`)
      await office.fits(page, `${path} at ${size}`)
      await office.picture(page, `${path.slice(1)}-${size}`, true)
      await office.axeIsContent(page, `${path} at ${size}`)
    }
    await page.context().close()
  }
})

await cases.test('candidates stand there with figures of the totals, never by few people', async () => {
  const page = await official('kiemtra')
  await visit(page, '/de-nghi?period=2026')
  const rows = await cells(page, 'tbody tr')
  const [name, , evidence, forms, opinion] = rows.find(r => r[0].startsWith(THONS[0][1]))
  check(name.includes('mã t01'), name)
  check(evidence.includes(`Số người học: ${total('active', '-', 'thon=t01', '2026')} người`), evidence)
  check(evidence.includes(`Số người hoàn thành: ${total('path_finished', 'short', 'thon=t01', '2026')} người`), evidence)
  same(forms.split('\n'), FORMS, 'the forms')
  same(opinion, '', 'the council decides')
  const [, reasons] = rows.find(r => r[0].startsWith('Tổ công nghệ số Nước Giáp'))
  check(reasons.includes(`${total('classes', '-', 'unit=u01', '2026-01-01', '2026-12-31')} buổi`), reasons)
  check(!rows.some(r => r[0].startsWith(THONS[1][1])), 'four people are no ground for praise')
  for (const [path, words] of [['/de-nghi', 'năm 2026'], ['/de-nghi?period=P1', 'Giai đoạn 1 (2025 - 2027)'], ['/de-nghi?period=P2', 'chưa có số liệu đủ'], ['/de-nghi?period=%3Cb%3E', 'năm 2026'], ['/de-nghi?period=2026-01-01..2026-03-05', 'chưa có số liệu đủ'], ['/de-nghi?period=all', 'Nước Giáp'], ['/de-nghi?period=2199', 'chưa có số liệu đủ']]) {
    same(await visit(page, path), 200, path)
    check((await page.innerText('main')).toLowerCase().includes(words.toLowerCase()), `${path} says ${words}`)
  }
  await page.context().close()
})

await cases.test('a dossier is printed by another program than ours', async () => {
  const file = join(stage.dir, 'ho-so.docx')
  server('dossier', '--period', '2026', '--thon', 't01', '--out', file)
  for (const args of [['--thon', 't99'], ['--unit', 't01'], []]) {
    let refused = false
    try { server('dossier', '--period', '2026', ...args, '--out', join(stage.dir, 'no.docx')) } catch (e) { refused = e instanceof StageError }
    check(refused && !existsSync(join(stage.dir, 'no.docx')), `refused: ${args}`)
  }
  if (!existsSync('/usr/lib/libreoffice/program/libswlo.so')) return
  run('soffice', [`-env:UserInstallation=file://${stage.dir}/office`, '--headless', '--convert-to', 'pdf', '--outdir', stage.dir, file])
  const pdf = join(stage.dir, 'ho-so.pdf')
  run('pdftoppm', ['-r', '60', '-png', pdf, join(office.pictures, 'ho-so')])
  const text = run('pdftotext', ['-layout', pdf, '-']).replace(/\s+/g, ' ')
  for (const words of ['BÁO CÁO THÀNH TÍCH', 'NƯỚC GIÁP', `Số người học: ${total('active', '-', 'thon=t01', '2026')} người`, 'KHÓ KHĂN ĐÃ VƯỢT QUA', 'XÁC NHẬN CỦA ĐƠN VỊ', 'Ý KIẾN CỦA HỘI ĐỒNG', ...FORMS]) check(text.includes(words), `the paper says ${words}`)
})

await cases.test('the next year is copied once and by an administrator alone', async () => {
  const page = await official('quantri')
  await visit(page, '/nam-thi-dua')
  const before = server('settings')
  same(await submit(page, 'text=Chép sang năm 2027'), 200, 'copied')
  const lines = server('settings').split('\n').filter(l => /2027/.test(l.split(' = ')[0]))
  same(lines.map(l => l.split(' = ')[0]), ['campaign.2027', 'target.all.2027-h2', 'target.g2.2027-h2', 'target.g4.2027-h2'], 'what is new')
  check(lines.slice(1).every(l => l.includes('2027-12-31; Chép từ năm 2026')), lines.join('\n'))
  check(before.split('\n').every(l => server('settings').includes(l)), 'nothing else changed')
  check((await page.innerText('.said')).includes('chưa ghi văn bản'), 'it is said that it must be checked')
  await office.picture(page, 'nam-thi-dua-2027-wide', true)
  server('set', 'target.g2.2027-h2', '950; 2027-12-31; KH 01/KH-UBND')
  same(server('campaign', '2026', '2027').trim(), '0 added, 4 kept as they are', 'asked again')
  check(server('settings').includes('target.g2.2027-h2 = 950; 2027-12-31; KH 01/KH-UBND'), 'what was written stays')
  await page.fill('#nam', '2028')
  await page.fill('#ten', 'Phong trào; x')
  await page.fill('#van-ban', 'KH 09')
  await page.fill('#tu', '2028-01-01')
  await page.fill('#den', '2028-12-31')
  same(await submit(page, 'text=Ghi lại'), 400, 'a semicolon is refused in words')
  check(!server('campaign').includes('2028'), 'and nothing is kept')
  await visit(page, '/nhat-ky')
  check((await page.innerText('main')).includes('Ghi năm thi đua 2026 → 2027'), 'the log')
  await page.context().close()
})

await cases.test('a sample is drawn by post, logged, and drawn again by its seed', async () => {
  const page = await official('kiemtra')
  await visit(page, '/kiem-tra?period=2026-11&n=7&so=7K3M9QXA')
  same(await page.locator('.paper').count(), 0, 'a draw that is not in the log is not shown')
  same(await page.inputValue('#so'), '7K3M9QXA', 'it is offered')
  same(await submit(page, 'text=Rút mẫu >> nth=-1'), 200, 'drawn')
  const rows = await cells(page, '.paper tbody tr')
  same(rows.length, 7, 'lines')
  const lines = []
  for (const machine of machines) {
    const own = JSON.parse(server('totals', '--json', '--kiosk', machine.kiosk)).rows
    for (const [stat, day, lesson, dims, value] of own) if (stat === 'completions' && dims === '-' && day.startsWith('2026-11-')) lines.push({ key: `7K3M9QXA|${machine.kiosk}|${day}|-|${lesson}`, kiosk: machine.kiosk, day, lesson, value })
  }
  const hash = l => createHash('sha256').update(l.key).digest('hex')
  const want = lines.sort((a, b) => (hash(a) < hash(b) ? -1 : 1)).slice(0, 7)
  const got = rows.map(r => `${r[1].split('\n').at(-1)} ${r[2].split('/').reverse().join('-')} ${r[3].split('\n').at(-1)} ${r[4].replaceAll('.', '')}`)
  same(got.sort(), want.map(l => `${l.kiosk} ${l.day} ${l.lesson} ${l.value}`).sort(), 'the draw as the README says it, repeated here')
  check(rows.every(r => r[5] === '' && r[6] === ''), 'room to write')
  check((await page.innerText('.paper')).includes(`Rút 7 trong ${lines.length} dòng`), 'out of how many')
  await page.pdf({ path: join(stage.dir, 'phieu.pdf'), format: 'A4' })
  run('pdftoppm', ['-r', '60', '-png', join(stage.dir, 'phieu.pdf'), join(office.pictures, 'phieu')])
  await office.picture(page, 'kiem-tra-mau-wide', true)
  await page.fill('#so', '')
  await submit(page, 'text=Rút mẫu >> nth=-1')
  check(/so=[0-9A-Z]{8}$/.test(page.url()) && !page.url().includes('7K3M9QXA'), page.url())
  await page.setViewportSize(SIZES.narrow)
  await office.picture(page, 'kiem-tra-mau-narrow', true)
  await page.fill('#so', '<b>x</b>')
  same(await submit(page, 'text=Rút mẫu >> nth=-1'), 400, 'a seed that is none')
  await visit(page, '/nhat-ky')
  check((await page.innerText('main')).includes('2026-11 7 7K3M9QXA'), 'the log')
  await page.context().close()
})

await cases.test('lessons and machines go by their names, hours without a day are named so', async () => {
  await machines[0].send([['completions', '2026-12-01', LESSONS[0][0], '-', 3]])
  const lost = machines[2]
  lost.run = 'aaaaaaaaaaaaaaaa'
  lost.trust = 0
  lost.rev = 0
  await lost.send([['completions', '?9', LESSONS[1][0], '-', 5]])
  const page = await official('quantri')
  await visit(page, '/kiem-tra?period=2026-12')
  await submit(page, 'text=Rút mẫu >> nth=-1')
  const rows = await cells(page, '.paper tbody tr')
  same(rows.map(r => [r[1].split('\n')[0], r[2].split('\n')[0], r[3].split('\n')[0], r[4]]).sort(), [['Máy 01 · Nhà làm việc xã', '01/12/2026', LESSONS[0][1], '3'], ['Máy 03 · Trường Bùi Hui', 'chưa rõ ngày', LESSONS[1][1], '5']], 'the lines')
  check((await page.innerText('.paper')).includes('Chưa rõ ngày: lúc ghi, máy chưa có giờ tin được'), 'and why')
  await page.context().close()
})

await office.close()
