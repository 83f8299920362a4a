// A day of an administrator, on the real screen: the commune's server is joined, totals go by
// the network and by a stick, a pack comes by a stick, people leave only encrypted, a request
// is answered, a copy is made and put back; a stick that cannot be written says so.
import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Cases, check, same } from './cases.mjs'
import { count, guestLesson, leave, smallPack } from './small.mjs'
import { MINH, StaffStage } from './staff.mjs'
import { bin, run } from './stage.mjs'

const NAME = 'Phạm Thị Ngưỡng'

const stage = new StaffStage('1280x800')
const cases = new Cases(stage)
const stick = join(stage.dir, 'usb', 'KINGSTON')
const usb = ['--usb', join(stick, '..')]
const folder = join(stage.dir, 'packs')
const five = smallPack(folder, { version: 5 })
const six = smallPack(folder, { version: 6, keys: five.keys })
const seven = smallPack(folder, { version: 7, keys: five.keys })
stage.pack = five.pack
stage.packKey = five.pub

const said = text => stage.see(() => stage.page.nodes.some(n => `${n.text} ${n.value}`.includes(text)), `the words “${text}”`)
const onStick = () => existsSync(join(stick, 'BDHVS')) ? readdirSync(join(stick, 'BDHVS'), { recursive: true }).map(String) : []
const server = (...args) => run(bin('bdhvs-server'), [...args, '--db', stage.db]).trim()
const ours = () => count(stage.ctl('totals', '--json'), 'completions')
const theirs = () => count(stage.serverTotals(), 'completions')

async function office(options = []) {
  await stage.openKiosk([...usb, ...options])
  await stage.unlock()
  await stage.signIn(MINH)
  await stage.onScreen('admin_stats')
}

async function page(tab, screen) {
  await stage.tap(tab)
  await stage.onScreen(screen)
}

// One lesson, by a guest.
async function lesson() {
  await guestLesson(stage)
  await leave(stage)
}

stage.provision()
stage.people([NAME])
mkdirSync(stick, { recursive: true })
await stage.openDisplay()
await stage.openServer()

await cases.test('the kiosk joins the server on screen: code, number, both say yes; what waits is sent', async () => {
  await office()
  await page('nav.sync', 'admin_sync')
  await stage.tap('sy.try')
  await stage.see(() => stage.node('en.url'), 'the address')
  for (let i = 0; i < 'https://'.length; i++) stage.key('BackSpace')
  await stage.type(stage.url)
  await stage.tap('en.code')
  await stage.type(server('enrol-code').match(/\S+$/)[0])
  await cases.picture('admin-enrol')
  await stage.tap('en.go')
  await stage.see(() => stage.node('en.number.value'), 'the number to compare')
  server('enrol-confirm', stage.node('en.number.value').text.replace(/\D/g, ''))
  await stage.tap('en.same')
  await stage.see(() => stage.node('ex.finish'), 'joined')
  await stage.tap('ex.finish')
  await stage.tap('nav.exit')
  await stage.onScreen('attract')
  await lesson()
  same(ours(), 1, 'completions on the card')
  await stage.signIn(MINH)
  await page('nav.sync', 'admin_sync')
  await stage.tap('sy.try')
  await stage.see(() => theirs() === 1, 'one completion at the commune')
  await cases.picture('admin-sent')
})

await cases.test('no network: the stick carries totals to the commune and what it says back', async () => {
  await stage.stopServer()
  await office()
  await stage.tap('nav.exit')
  await stage.onScreen('attract')
  await lesson()
  await stage.signIn(MINH)
  await page('nav.sync', 'admin_sync')
  await stage.tap('sy.usb')
  await said('Đã chép')
  await cases.picture('admin-courier')
  run(bin('bdhvs-server'), ['import', stick, '--db', stage.db])
  same(theirs(), 2, 'completions at the commune')
  await stage.tap('sy.usb')
  await said('0 lượt xong bài chỉ có trên thẻ')
})

await cases.test('packs on the stick are checked and opened; the former one comes back', async () => {
  const take = async pack => {
    rmSync(join(stick, 'BDHVS', 'in', 'pack'), { recursive: true, force: true })
    cpSync(pack, join(stick, 'BDHVS', 'in', 'pack'), { recursive: true })
    await stage.tap('pk.usb')
  }
  await office()
  await page('nav.goi', 'admin_packs')
  await take(six.pack)
  await said('Bản 6')
  await take(seven.pack)
  await said('Bản 7')
  await cases.picture('admin-pack')
  await take(six.pack)
  await said('cũ hơn')
  await stage.tap('pk.back')
  await stage.tap('pk.back.ask.yes')
  await said('Bản 6')
})

await cases.test('people leave encrypted, after the PIN, and the log of staff has it', async () => {
  await office()
  await page('nav.xuat', 'admin_export')
  await stage.tap('ex.r3')
  await stage.tap('ex.go')
  await stage.pin(MINH.pin)
  await stage.tap('ex.key.ok')
  await stage.see(() => stage.node('ex.finish'), 'the file to be written')
  const zip = onStick().find(f => f.endsWith('.zip'))
  check(zip, `a zip among ${onStick()}`)
  const path = join(stick, 'BDHVS', zip)
  check(/Encrypted = \+/.test(run('7z', ['l', '-slt', '-pkhong-phai', path])), 'encrypted')
  check(spawnSync('7z', ['t', '-pkhong-phai', path]).status !== 0, 'another password does not open it')
  check(!readFileSync(path).includes(NAME), 'no name in its bytes')
  await stage.tap('ex.finish')
  await page('nav.nk', 'admin_audit')
  await stage.tap('au.export')
  await cases.picture('admin-audit')
  check(stage.page.nodes.some(n => /người học/i.test(n.text ?? '')), 'the export in the log')
})

await cases.test('a request of a learner is noted, waits with a day, is answered and closed', async () => {
  await office()
  await stage.tap('nav.tim')
  await stage.onScreen('search')
  await stage.type('nguong')
  await stage.tap('find.row#1')
  await stage.tap('find.edit')
  await stage.onScreen('person_edit')
  await stage.tap('ed.ask')
  await stage.tap('nav.admin')
  await page('nav.cai', 'admin_settings')
  await page('se.requests', 'admin_requests')
  check(!stage.page.nodes.some(n => n.text?.includes('Ngưỡng')), 'no name in the list')
  await cases.picture('admin-requests')
  await stage.tap('rq.reply#1')
  await stage.tap('rq.close#1')
  await said('Chưa xong 0')
})

await cases.test('a copy is made, and put back: what came after it is away, names still open', async () => {
  await office()
  await page('nav.cai', 'admin_settings')
  await stage.tap('se.backup')
  await said('bản sao')
  const copy = join(stick, 'BDHVS', onStick().find(f => f.endsWith('.db')) ?? '')
  check(existsSync(copy) && copy.endsWith('.db'), `a copy among ${onStick()}`)
  check(!readFileSync(copy).includes(NAME), 'no name in the copy')
  const before = ours()
  await stage.tap('nav.exit')
  await lesson()
  same(ours(), before + 1, 'one more')
  await stage.closeKiosk()
  stage.ctl('restore', copy)
  await office()
  await stage.tap('nav.tim')
  await stage.onScreen('search')
  await stage.type('nguong')
  await stage.see(() => stage.nodes('find.row').some(n => n.text === NAME), 'her name')
})

await cases.test('a stick that is taken away, or cannot be written, loses nothing and says so', async () => {
  await office()
  await page('nav.xuat', 'admin_export')
  const away = join(stage.dir, 'away')
  await said('Đã thấy USB')
  renameSync(stick, away)
  await said('Cắm USB vào máy')
  check(stage.node('ex.go').state.includes('disabled'), 'nothing to press')
  mkdirSync(stick)
  writeFileSync(join(stick, 'BDHVS'), 'a file where the folder should be')
  await stage.see(() => !stage.node('ex.go').state.includes('disabled'), 'another stick')
  await stage.tap('ex.go')
  await stage.see(() => stage.node('desk.say'), 'what is wrong')
  await cases.picture('admin-bad-stick')
  check(!stage.node('ex.finish'), 'no false word of success')
  rmSync(stick, { recursive: true })
  renameSync(away, stick)
  await stage.tap('ex.go')
  await stage.see(() => stage.node('ex.finish'), 'the report on the stick that came back')
})

await cases.end()
