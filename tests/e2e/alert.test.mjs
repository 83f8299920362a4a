// A warning of this week: one file becomes a signed pack, a stick brings it, everybody who
// comes is told it first and once, and an administrator puts it away again.
import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Cases, check, same } from './cases.mjs'
import { count, guestHome, leave, smallPack } from './small.mjs'
import { MINH, StaffStage } from './staff.mjs'
import { bin, root, run, share } from './stage.mjs'

const TITLE = 'Coi chừng tin báo phạt'
const stage = new StaffStage(process.env.BDHVS_SIZE ?? '1280x800')
const cases = new Cases(stage)
const small = smallPack(join(stage.dir, 'packs'))
const id = JSON.parse(readFileSync(join(small.pack, 'manifest.json'), 'utf8')).id
const stick = join(stage.dir, 'usb', 'KINGSTON')
stage.pack = small.pack
stage.packKey = small.pub
const open = () => stage.openKiosk(['--no-sync', '--usb', join(stick, '..')])
const said = node => stage.node(node)?.text ?? ''

async function packsPage() {
  await stage.unlock()
  await stage.signIn(MINH)
  await stage.see(() => stage.node('nav.goi'), 'the rail')
  await stage.tap('nav.goi')
  await stage.onScreen('admin_packs')
}

stage.provision()
mkdirSync(join(stick, 'BDHVS', 'in'), { recursive: true })
await stage.openDisplay()
stage.env.SDL_AUDIODRIVER = 'dummy'
stage.sound = true

await cases.test('the example of the authors is built and signed in one go', async () => {
  run(bin('bdhvs-pack'), ['alert', join(root, 'content', 'beside', 'canh-bao-mau.md'), join(stick, 'BDHVS', 'in', 'pack'), `${small.keys}.key`,
    '--beside', id, '--from', join(root, 'content')])
})

await cases.test('a stick brings it while nobody learns', async () => {
  await open()
  await packsPage()
  await stage.tap('pk.usb')
  await stage.see(() => said('pk.coming') || stage.node('pb.door'), 'that it is coming')
  await stage.tap('nav.exit')
  await stage.onScreen('attract')
  await stage.see(() => said('attract.alert').includes(TITLE), 'the alert on the first page')
})

await cases.test('who comes is told it first and hears it, and then the lessons go on as before', async () => {
  await open()
  await guestHome(stage)
  check(said('home.praise').includes(TITLE), said('home.praise'))
  same(said('mod.n#3'), 'Tin cần biết', 'the part')
  await stage.tap('home.continue')
  await stage.onScreen('lesson')
  await stage.see(() => stage.lines.some(l => l.speak?.includes('xe mình bị phạt') && l.clip === 'draft'), 'its own clip')
  await stage.tap('lesson.next')
  await stage.onScreen('quiz')
  await stage.tap('quiz.scam')
  await stage.onScreen('feedback')
  await stage.tap('fb.next')
  await stage.onScreen('result')
  await stage.see(() => stage.node('res.saved'), 'the word that it is saved')
  await stage.tap('bar.home')
  await stage.onScreen('home')
  check(!said('home.praise').includes(TITLE), said('home.praise'))
  await stage.tap('home.continue')
  await stage.onScreen('lesson')
  check(!stage.page.nodes.some(n => n.role === 'title' && n.text.includes('phạt')), 'another lesson')
  await leave(stage)
})

await cases.test('its completion counts as a lesson of its own', async () => {
  await open()
  await stage.see(() => said('attract.alert').includes(TITLE), 'the alert')
  same(count(stage.ctl('totals', '--json'), 'completions', 'tin-phat-b01'), 1, 'completions')
})

await cases.test('an administrator puts it away', async () => {
  await open()
  await packsPage()
  await stage.tap('pb.door')
  await stage.onScreen('beside')
  check(said('pb.title#1').includes(TITLE), said('pb.title#1'))
  await stage.tap('pb.away#1')
  await stage.tap('pb.ask.yes')
  await stage.see(() => said('desk.say') || stage.nodes('pb.soon').length || stage.page.nodes.some(n => n.text.includes('khi không còn ai học')), 'the word')
  await stage.tap('bar.back')
  await stage.onScreen('admin_packs')
  await stage.tap('nav.exit')
  await stage.onScreen('attract')
  await stage.see(() => !stage.node('attract.alert'), 'the first page without it')
  await guestHome(stage)
  check(!said('home.praise').includes(TITLE), said('home.praise'))
})

await cases.test('lessons that came with the program are put beside the others from the page', async () => {
  stage.pack = join(share, 'packs', 'bdhvs')
  stage.packKey = join(share, 'packs', 'bdhvs.pub')
  await open()
  await packsPage()
  await stage.tap('pb.door')
  await stage.onScreen('beside')
  same(said('pb.here#1'), 'Cho quán hàng, hợp tác xã', 'what is there')
  await stage.tap('pb.add#1')
  await stage.onScreen('admin_packs')
  await stage.tap('nav.exit')
  await stage.onScreen('attract')
  await stage.see(() => existsSync(join(stage.data, 'packs', 'state.json')) &&
    JSON.parse(readFileSync(join(stage.data, 'packs', 'state.json'), 'utf8')).beside.some(b => b.on && b.name === 'quan-hang-1'), 'that it stands beside')
  await stage.closeKiosk()
  await stage.openKiosk(['--no-sync', '--launch', 'q01-b01'])
  await stage.onScreen('lesson')
  check(stage.page.nodes.some(n => n.role === 'title' && n.text.includes('quán')), 'its title')
})

await cases.end()
