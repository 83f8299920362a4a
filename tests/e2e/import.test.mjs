// A list of people from a stick, on the real screen: what it would do is shown, nothing is
// written before the PIN, a power cut in between doubles nobody, and what is no list, is a
// trap or is locked by another code is refused with what to do.
import { execFileSync } from 'node:child_process'
import { mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Cases, check, same } from './cases.mjs'
import { MINH, StaffStage } from './staff.mjs'
import { bin } from './stage.mjs'

const HEAD = 'Họ tên;Năm sinh;Nam/Nữ;Thôn;Người giám hộ;Quan hệ giám hộ;Đồng ý (bản);Đồng ý (ngày);Đồng ý (cách)'
const GOOD = ['Đinh Thị Hoa', 'Phạm Văn Ríp', 'Nguyễn Thị Thuỷ'].map((name, i) => `${name};${1950 + i};Nữ;Nước Giáp;;;c1;22/11/2026;giấy`)
const BAD = ['A;1950;Nữ;Nước Giáp;;;c1;22/11/2026;giấy', 'Lê Thị Mai;1850;Nữ;Nước Giáp;;;c1;22/11/2026;giấy', 'Lê Văn Nam;2031;Nam;Nước Giáp;;;c1;22/11/2026;giấy',
  `${'Nga '.repeat(50)};1950;Nữ;Nước Giáp;;;c1;22/11/2026;giấy`, 'Nga 😀;1950;Nữ;Nước Giáp;;;c1;22/11/2026;giấy', 'Nga\u202E;1950;Nữ;Nước Giáp;;;c1;22/11/2026;giấy',
  'Lê Thị Bé;2020;Nữ;Nước Giáp;;;c1;22/11/2026;giấy', 'Lê Thị Na;1950;Nữ;Làng Xa;;;c1;22/11/2026;giấy']
const CODE = '4821-9053-7716-2408'

const stage = new StaffStage(process.argv.slice(2).find(a => /^\d+x\d+$/.test(a)) ?? '1280x800')
const cases = new Cases(stage)
const stick = join(stage.dir, 'usb', 'KINGSTON')
const folder = join(stage.dir, 'next', 'BDHVS') // until it is put in
const sheet = rows => [HEAD, ...rows, ''].join('\n')
const put = (name, bytes) => writeFileSync(join(folder, name), bytes)
const said = text => stage.see(() => stage.page.nodes.some(n => `${n.text} ${n.value}`.includes(text)), `the words “${text}”`)
const figure = key => Number(/\d+/.exec(`${stage.node(`im.${key}`).value} ${stage.node(`im.${key}`).text}`)[0])
const figures = () => ['new', 'changed', 'same', 'refused'].map(figure)
const registered = () => Math.max(0, ...JSON.parse(stage.ctl('totals', '--json')).rows.filter(([stat, , , dims]) => stat === 'registered' && dims === '-').map(row => row[4]))

// The stick as it will be, put in whole: the page looks at it once.
function stickWith(files) {
  rmSync(stick, { recursive: true, force: true })
  rmSync(join(folder, '..'), { recursive: true, force: true })
  mkdirSync(join(folder, 'in'), { recursive: true })
  mkdirSync(join(folder, 'out'))
  files()
  renameSync(join(folder, '..'), stick)
}

async function importPage() {
  await stage.openKiosk(['--no-sync', '--usb', join(stick, '..')])
  await stage.unlock()
  await stage.signIn(MINH)
  await stage.onScreen('admin_stats')
  await stage.tap('nav.xuat')
  await stage.onScreen('admin_export')
  await stage.tap('ex.r3')
  await cases.picture('import-door')
  await stage.tap('im.door')
  await stage.onScreen('admin_import')
}

async function preview(name) {
  const i = stage.nodes('im.sheet#').find(n => n.text === name || n.text?.includes(name))?.id.split('#')[1]
  check(i, `${name} in the list: ${stage.nodes('im.sheet#').map(n => n.text)}`)
  await stage.tap(`im.see#${i}`)
}

stage.provision()
mkdirSync(join(stick, '..'), { recursive: true })
await stage.openDisplay()

await cases.test('a list: shown first, written after the PIN, a second time there is nothing to do', async () => {
  stickWith(() => put('danh-sach.csv', sheet([...GOOD, ...BAD])))
  await importPage()
  await cases.picture('import-files')
  await preview('danh-sach.csv')
  await stage.see(() => stage.node('im.go'), 'what it would do')
  same(figures(), [3, 0, 0, BAD.length], 'new, changed, same, refused')
  await cases.picture('import-plan')
  check(!stage.page.nodes.some(n => /Hoa|Ríp|Mai/.test(n.text ?? '')), 'no name of anybody on the page')
  await stage.tap('im.go')
  await stage.pin('111222')
  check(!stage.nodes('desk.say').some(n => /Đã ghi/.test(n.text)), 'a wrong PIN writes nothing')
  await stage.pin(MINH.pin)
  await said('Đã ghi 3 người')
  await cases.picture('import-done')
  await stage.tap('ex.finish')
  await preview('danh-sach.csv')
  await stage.see(() => stage.node('im.no'), 'the same file again')
  await stage.see(() => stage.node('im.go')?.state.includes('disabled'), 'nothing to write')
  await stage.tap('im.no')
  await stage.tap('nav.nk')
  await stage.onScreen('admin_audit')
  await said('Nhập người từ tệp')
  await stage.tap('nav.tim')
  await stage.onScreen('search')
  await stage.type('rip')
  await stage.see(() => stage.nodes('find.row').some(n => n.text === 'Phạm Văn Ríp'), 'he is found')
})

await cases.test('a locked list is opened by the code on paper alone', async () => {
  const lock = text => execFileSync(bin('bdhvs-report'), ['lock'], { input: Buffer.concat([Buffer.from(`${CODE}\nnguoi-hoc.csv\n`), Buffer.from(text)]) })
  stickWith(() => put('out/nguoi-hoc.zip', lock(sheet(['Đinh Văn Trêu;1971;Nam;Nước Giáp;;;c1;22/11/2026;giấy']))))
  await importPage()
  await preview('nguoi-hoc.zip')
  await stage.see(() => stage.node('im.field'), 'the question for the code')
  await cases.picture('import-code')
  await stage.type('1111222233334444')
  await stage.tap('im.see')
  await said('Mật khẩu của tệp chưa đúng')
  await preview('nguoi-hoc.zip')
  await stage.see(() => stage.node('im.field'), 'the question again')
  await stage.type(CODE.replaceAll('-', ''))
  await stage.tap('im.see')
  await stage.see(() => stage.node('im.go'), 'what it would do')
  same(figures(), [1, 0, 0, 0], 'new, changed, same, refused')
})

await cases.test('what is no list, a trap, a link or a pipe: refused, said, nothing written', async () => {
  const before = registered()
  stickWith(() => {
    const bomb = join(stage.dir, 'bomb')
    mkdirSync(join(bomb, 'xl', 'worksheets'), { recursive: true })
    writeFileSync(join(bomb, '[Content_Types].xml'), '<Types/>')
    writeFileSync(join(bomb, 'xl', 'workbook.xml'), '<workbook/>')
    writeFileSync(join(bomb, 'xl', 'worksheets', 'sheet1.xml'), Buffer.alloc(80 << 20, 32))
    execFileSync('7z', ['a', '-tzip', join(folder, 'bom.xlsx'), '.'], { cwd: bomb, stdio: 'ignore' })
    put('anh.xlsx', Buffer.from('\xff\xd8\xff\xe0\0\x10JFIF\0', 'latin1'))
    put('cu.csv', Buffer.from('H\xe4 t\xean;N\xa8m sinh\nPh\xb9m Th\xde Nga;1950\n', 'latin1'))
    put('rong.csv', '')
    put('khac.csv', 'Loài cây;Số lượng\nLúa;3\n')
    put('lớn.csv', Buffer.alloc(17 << 20, 65))
    writeFileSync(join(stage.dir, 'secret.csv'), sheet(GOOD))
    symlinkSync(join(stage.dir, 'secret.csv'), join(folder, 'link.csv'))
    execFileSync('mkfifo', [join(folder, 'pipe.csv')])
    mkdirSync(join(folder, 'thu-muc.csv'))
    put('\x1b[31m.csv', 'x')
  })
  await importPage()
  for (const { text } of stage.nodes('im.sheet#')) check(!/link|pipe|thu-muc|\x1b/.test(text), `plain files alone: ${text}`)
  check(stage.page.nodes.some(n => / 6$/.test(n.text ?? '')), 'six of them')
  for (const [name, words] of [['anh.xlsx', 'không phải bảng tính'], ['bom.xlsx', 'bị hỏng'], ['cu.csv', 'bảng mã']]) {
    await preview(name)
    await said(words)
    await cases.picture(`import-refused-${name}`)
  }
  rmSync(stick, { recursive: true })
  await said('Cắm USB')
  stickWith(() => {
    put('khac.csv', 'Loài cây;Số lượng\nLúa;3\n')
    put('lớn.csv', Buffer.alloc(17 << 20, 65))
    put('rong.csv', '')
  })
  await stage.see(() => stage.nodes('im.sheet#').length === 3, 'another stick')
  for (const [name, words] of [['khac.csv', 'Họ tên'], ['lớn.csv', 'lớn quá'], ['rong.csv', 'Tệp trống']]) {
    await preview(name)
    await said(words)
  }
  const away = join(stage.dir, 'away')
  renameSync(stick, away)
  await said('Cắm USB')
  await cases.picture('import-no-stick')
  renameSync(away, stick)
  await stage.see(() => stage.nodes('im.sheet#').length === 3, 'the stick came back')
  same(registered(), before, 'registrations')
})

await cases.test('a stick with very many files: some are shown, and that there are more', async () => {
  stickWith(() => { for (let i = 0; i < 6000; i++) put(`tep-${i}.csv`, '') })
  await importPage()
  await said('nhiều tệp quá')
  await cases.picture('import-many')
})

await cases.test('the power goes while it writes: what is written stays, the rest follows, nobody twice', async () => {
  const many = Array.from({ length: 600 }, (_, i) => `Lê Thị ${'BCDĐGHKLMN'[i % 10]}${'aeiouy'[(i / 10 | 0) % 6]}${'ncmt'[(i / 60 | 0) % 4]} ${'BCDĐGHKLMN'[(i / 60 | 0) % 10]}a;${1940 + i % 60};Nữ;Nước Giáp;;;c1;22/11/2026;giấy`)
  stickWith(() => put('nhieu.csv', sheet(many)))
  const before = registered()
  await importPage()
  await preview('nhieu.csv')
  await stage.see(() => stage.node('im.go'), 'what it would do')
  const [all] = figures()
  await stage.tap('im.go')
  await stage.pin(MINH.pin)
  await stage.see(() => /Đang ghi [1-9]/.test(stage.node('desk.say')?.text ?? ''), 'writing')
  await stage.closeKiosk('SIGKILL') // at once: a picture would wait until it has written them all
  const there = registered() - before
  check(there > 0 && there < all, `some of ${all}: ${there}`)
  await importPage()
  await preview('nhieu.csv')
  await stage.see(() => stage.node('im.go'), 'what is left')
  same(figure('new'), all - there, 'the rest')
  await stage.tap('im.go')
  await stage.pin(MINH.pin)
  await said(`Đã ghi ${all - there} người`)
  same(registered() - before, all, 'registrations')
})

await cases.end()
