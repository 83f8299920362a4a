// An update of the program comes from the commune's server: the kiosk fetches it while it rests, goes
// on where the power cut it off, says on its page that it waits, and an administrator asks for it as
// for one on a stick; of two the newer one counts. The server's page tells who has it and ends it.
//   [BDHVS_TEST_SIZE=WxH] node tests/e2e/update_server.test.mjs
import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Cases, check, same } from './cases.mjs'
import { smallPack } from './small.mjs'
import { MINH, StaffStage } from './staff.mjs'
import { bin, run } from './stage.mjs'

const size = process.env.BDHVS_TEST_SIZE ?? '1280x800'
const stage = new StaffStage(size)
const cases = new Cases(stage)
const pack = smallPack(join(stage.dir, 'packs'), { version: 5 })
stage.pack = pack.pack
stage.packKey = pack.pub

const suite = readFileSync('/etc/os-release', 'utf8').match(/^VERSION_CODENAME=(.*)$/m)[1]
const arch = run('dpkg', ['--print-architecture']).trim()
const system = `${suite}-${arch}`
const keys = join(stage.dir, 'keys')
const state = join(stage.dir, 'update-state')
const update = join(stage.data, 'update')
const incoming = join(update, 'incoming')
const stick = join(stage.dir, 'usb', 'KINGSTON', 'BDHVS', 'program')
const options = ['--usb', join(stage.dir, 'usb'), '--program-key', join(keys, 'program.pub'), '--update-state', state]
const LARGE = 24 << 20 // bytes: many pieces

const shot = name => cases.picture(`update-${name}-${size}`)
const said = text => stage.see(() => stage.page.nodes.some(n => `${n.text} ${n.value}`.includes(text)), `the words “${text}”`)
const server = (...words) => run(bin('bdhvs-server'), [...words, '--db', stage.db])
const parts = () => existsSync(join(update, 'new')) ? readdirSync(join(update, 'new')) : []
const here = () => existsSync(join(incoming, 'list.json')) ? JSON.parse(readFileSync(join(incoming, 'list.json'), 'utf8')).version : null

// A folder as an operator has it from bdhvs-pack.
function made(folder, version, ver, { key = 'program', bytes = 1000 } = {}) {
  const debs = join(stage.dir, 'debs')
  mkdirSync(debs, { recursive: true })
  writeFileSync(join(debs, `bdhvs-kiosk_${version}_${arch}.deb`), randomBytes(bytes))
  writeFileSync(join(debs, `bdhvs-content_${version}_all.deb`), `lessons of ${version}`)
  rmSync(folder, { recursive: true, force: true })
  run(bin('bdhvs-pack'), ['program', debs, folder, join(keys, `${key}.key`), '--release', version, '--ver', `${ver}`, '--suite', suite, '--arch', arch])
  return folder
}

// Asks for an upload, whose answer names the offer, until `test` holds.
const synced = (test, what) => stage.see(() => {
  if (test()) return true
  try { stage.ctl('sync') } catch { /* one is under way */ }
  return false
}, what)

async function page() {
  await stage.unlock()
  await stage.signIn(MINH)
  await stage.onScreen('admin_stats')
  await stage.tap('nav.goi')
  await stage.onScreen('admin_packs')
}

mkdirSync(keys)
mkdirSync(state)
for (const key of ['program', 'other']) run(bin('bdhvs-pack'), ['keygen', '--out', join(keys, key)])
stage.provision()
await stage.openDisplay()
await stage.openServer(['--pack', pack.pack])
stage.enrol()

await cases.test('the server takes what the program key signed, and nothing older', async () => {
  server('set', 'program.key', readFileSync(join(keys, 'program.pub'), 'utf8').split('\n')[1])
  let refused = ''
  try { server('program-add', made(join(stage.dir, 'strange'), '0.9.0', 9, { key: 'other' })) } catch (e) { refused = `${e.message}${e.stderr ?? ''}` }
  check(/signature/.test(refused), `the other key is refused: ${refused}`)
  check(server('program-add', made(join(stage.dir, 'nine'), '0.9.0', 9, { bytes: LARGE })).includes(`0.9.0 (9) is offered to ${system}`), 'it is offered')
  refused = ''
  try { server('program-add', made(join(stage.dir, 'eight'), '0.8.0', 8)) } catch (e) { refused = `${e.message}${e.stderr ?? ''}` }
  check(/not newer/.test(refused), `the older one is refused: ${refused}`)
  same(server('programs').trim(), `${system}  0.9.0  9`, 'what is offered')
})

await cases.test('it is fetched while nobody learns, and goes on after a power cut', async () => {
  await stage.openKiosk(options)
  await stage.onScreen('attract')
  await synced(() => parts().some(f => f.endsWith('.part')), 'the first piece')
  await stage.closeKiosk('SIGKILL')
  same(here(), null, 'a half is no update')
  await stage.openKiosk(options)
  await page()
  await stage.tap('up.door')
  await stage.onScreen('admin_update')
  await synced(() => here() === '0.9.0', 'the whole of it')
  check(!existsSync(join(update, 'new')), 'nothing is left over')
  check(!existsSync(join(update, 'request')), 'nobody asked for it')
  for (const file of readdirSync(join(stage.dir, 'nine')))
    check(readFileSync(join(stage.dir, 'nine', file)).equals(readFileSync(join(incoming, file))), `${file} is the same`)
  await said('Qua mạng: bản 0.9.0')
  await shot('network')
})

await cases.test('the page of packs says that it waits', async () => {
  await stage.openKiosk(options)
  await page()
  await said('Bản máy mới: 0.9.0')
  await shot('network-packs')
})

await cases.test('an older one on a stick does not count, a newer one does', async () => {
  made(stick, '0.8.5', 8)
  await stage.openKiosk(options)
  await page()
  await stage.tap('up.door')
  await stage.onScreen('admin_update')
  await said('Bản tải qua mạng mới hơn')
  await shot('network-newer')
  await stage.closeKiosk()
  made(stick, '0.9.9', 99)
  await stage.openKiosk(options)
  await page()
  await stage.tap('up.door')
  await said('Bản trong USB mới hơn')
  await shot('stick-newer')
  await stage.closeKiosk()
  rmSync(stick, { recursive: true })
})

await cases.test('it is asked for with the PIN', async () => {
  await stage.openKiosk(options)
  await page()
  await stage.tap('up.door')
  await stage.onScreen('admin_update')
  await stage.tap('up.go')
  await stage.see(() => stage.node('up.ask.yes'), 'the question')
  await stage.tap('up.ask.yes')
  await stage.see(() => stage.node('desk.pin.dots'), 'the PIN')
  await stage.pin(MINH.pin)
  await said('Máy đang cập nhật')
  check(existsSync(join(update, 'request')), 'it is asked for')
  same(here(), '0.9.0', 'what bdhvs-update takes')
  await shot('network-asked')
  // it went back: the page offers it as a stick's, the network does not bring it anew
  writeFileSync(join(state, 'state.json'), JSON.stringify({ step: 'back', why: 'dpkg failed', ver: 9, floor: 0, boots: 0, seq: 1, from: '0.1.0', to: '0.9.0' }))
  rmSync(join(update, 'request'))
  await said('quay về bản cũ')
})

await cases.test('what went back does not come again, a newer one does', async () => {
  rmSync(incoming, { recursive: true })
  await stage.openKiosk(options)
  await stage.onScreen('attract')
  for (let i = 0; i < 2; i++) stage.ctl('sync') // the answer to the first one has been read
  same(here(), null, 'not again')
  same(parts(), [], 'not even a part')
  server('program-add', made(join(stage.dir, 'ten'), '0.10.0', 10))
  await synced(() => here() === '0.10.0', 'the newer one')
})

await cases.test('a server whose files are spoilt brings nothing', async () => {
  server('program-add', made(join(stage.dir, 'eleven'), '0.11.0', 11))
  const objects = join(stage.dir, 'server', 'programs', 'objects')
  for (const name of readdirSync(objects)) {
    const bytes = readFileSync(join(objects, name))
    if (bytes.length !== 1000) continue
    bytes[500] ^= 1
    writeFileSync(join(objects, name), bytes)
  }
  await stage.openKiosk(options)
  await page()
  await stage.tap('up.door')
  await stage.onScreen('admin_update')
  await synced(() => /0\.11\.0 from the server: a package is damaged/.test(stage.kiosk.complaints), 'the refusal')
  same(here(), '0.10.0', 'the former one waits still')
  rmSync(incoming, { recursive: true })
  await stage.closeKiosk()
  await stage.openKiosk(options)
  await page()
  await stage.tap('up.door')
  await stage.onScreen('admin_update')
  await synced(() => /0\.11\.0 from the server: a package is damaged/.test(stage.kiosk.complaints), 'the refusal')
  await said('Tệp tải về không đúng')
  await shot('network-bad')
})

await cases.test('an offer that ends takes back what nobody asked for', async () => {
  server('program-add', made(join(stage.dir, 'twelve'), '0.12.0', 12))
  await stage.openKiosk(options)
  await stage.onScreen('attract')
  await synced(() => here() === '0.12.0', 'it comes')
  server('program-stop', system)
  await synced(() => here() === null, 'it is taken back')
  check(!existsSync(incoming), 'with its packages')
})

await cases.end()
