// An update of the program on a stick, as an administrator meets it: a bad one is told, a good one
// is asked for with the PIN and nothing more is done by the kiosk; how it ended is told to staff
// and stands in their log.
//   [BDHVS_TEST_SIZE=WxH] node tests/e2e/update.test.mjs
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Cases, check } from './cases.mjs'
import { smallPack } from './small.mjs'
import { MINH, StaffStage } from './staff.mjs'
import { bin, run } from './stage.mjs'

const size = process.env.BDHVS_TEST_SIZE ?? '1280x800' // words of the command line choose cases
const stage = new StaffStage(size)
const cases = new Cases(stage)
const pack = smallPack(join(stage.dir, 'packs'), { version: 5 })
stage.pack = pack.pack
stage.packKey = pack.pub

const folder = join(stage.dir, 'usb', 'KINGSTON', 'BDHVS', 'program')
const state = join(stage.dir, 'update-state')
const keys = join(stage.dir, 'keys')
const request = join(stage.data, 'update', 'request')
const options = ['--usb', join(stage.dir, 'usb'), '--program-key', join(keys, 'program.pub'), '--update-state', state]
const said = text => stage.see(() => stage.page.nodes.some(n => `${n.text} ${n.value}`.includes(text)), `the words “${text}”`)
const shot = name => cases.picture(`update-${name}-${size}`)

function release(key) {
  const debs = join(stage.dir, 'debs')
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(debs, { recursive: true })
  writeFileSync(join(debs, 'bdhvs-kiosk_0.9.0_amd64.deb'), 'a package')
  run(bin('bdhvs-pack'), ['program', debs, folder, join(keys, `${key}.key`), '--release', '0.9.0', '--ver', '9', '--suite', 'bookworm', '--arch', 'amd64'])
}
const ended = (step, why, seq) => writeFileSync(join(state, 'state.json'), JSON.stringify({ step, why, ver: 9, floor: 0, boots: 0, seq, from: '0.1.0', to: '0.9.0' }))

async function page() {
  await stage.unlock()
  await stage.signIn(MINH)
  await stage.onScreen('admin_stats')
  await stage.tap('nav.goi')
  await stage.onScreen('admin_packs')
  await shot('packs')
  await stage.tap('up.door')
  await stage.onScreen('admin_update')
}

mkdirSync(keys)
mkdirSync(state)
for (const key of ['program', 'other']) run(bin('bdhvs-pack'), ['keygen', '--out', join(keys, key)])
stage.provision()
await stage.openDisplay()

await cases.test('an update that another key signed is not offered', async () => {
  release('other')
  await stage.openKiosk(options)
  await page()
  await said('Chữ ký không đúng')
  check(!stage.node('up.go'), 'there is no button')
  await shot('bad')
})

await cases.test('a good one is asked for with the PIN', async () => {
  release('program')
  await stage.openKiosk(options)
  await page()
  await said('Bản máy mới: 0.9.0')
  await shot('offered')
  await stage.tap('up.go')
  await stage.see(() => stage.node('up.ask.yes'), 'the question')
  await shot('question')
  await stage.tap('up.ask.yes')
  check(!existsSync(request), 'nothing is asked for before the PIN')
  await stage.see(() => stage.node('desk.pin.dots'), 'the PIN')
  await stage.pin(MINH.pin)
  await said('Máy đang cập nhật')
  check(existsSync(request), 'it is asked for')
  check(readdirSync(join(stage.data, 'update')).join() === 'request', 'and nothing more is done')
  await shot('asked')
  // a refusal is told while the kiosk runs on
  ended('refused', 'no space', 1)
  rmSync(request)
  await said('Thẻ nhớ không đủ chỗ')
})

await cases.test('one that went back is told to staff, once, and stands in their log', async () => {
  ended('back', 'the new program presented no frame', 2)
  await stage.openKiosk([...options, '--launch', 'problem'])
  await said('Cập nhật chưa được')
  await shot('went-back')
  await stage.tap('e.upd.retry')
  await stage.onScreen('locked') // nobody is signed in
  await stage.closeKiosk()
  await stage.openKiosk([...options, '--launch', 'problem'])
  await stage.see(() => stage.node('e.upd.retry'), 'it was not seen by staff')
  await stage.closeKiosk()
  await stage.openKiosk(options)
  await page()
  await said('quay về bản cũ')
  await stage.tap('bar.back')
  await stage.tap('nav.nk')
  await said('Cập nhật chưa được, máy quay về bản cũ')
  await said('Bắt đầu cập nhật máy')
  await stage.closeKiosk()
  await stage.openKiosk([...options, '--launch', 'problem'])
  await stage.onScreen('problem')
  check(!stage.node('e.upd.retry'), 'it was seen')
})

await cases.end()
