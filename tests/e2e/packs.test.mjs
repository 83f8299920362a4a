// A new content pack comes from the commune's server to a kiosk that rests, in pieces and in
// spite of a network that goes; a spoiled one changes nothing; one that ends the program
// three times goes back.
import { appendFileSync, cpSync, existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Cases, check, same } from './cases.mjs'
import { guestHome, smallPack } from './small.mjs'
import { Stage } from './stage.mjs'

const stage = new Stage('800x480')
const cases = new Cases(stage)
const folder = join(stage.dir, 'packs')
const five = smallPack(folder, { version: 5 })
const six = smallPack(folder, { version: 6, keys: five.keys })
const seven = smallPack(folder, {
  version: 7,
  keys: five.keys,
  change: source => { // one lesson says something else, so one object is new
    const lesson = readdirSync(source, { recursive: true }).find(f => f.endsWith('lesson.md'))
    const text = readFileSync(join(source, lesson), 'utf8')
    writeFileSync(join(source, lesson), text.replace(/^title: .*$/m, 'title: Bài đã sửa'))
  },
})
stage.pack = five.pack
stage.packKey = five.pub
const id = JSON.parse(readFileSync(join(five.pack, 'manifest.json'), 'utf8')).id

const stateFile = join(stage.data, 'packs', 'state.json')
const state = () => existsSync(stateFile) ? JSON.parse(readFileSync(stateFile, 'utf8')) : {}

// Asks for an upload, whose answer names the offered pack, until `test` holds.
async function synced(test, what) {
  await stage.see(() => {
    if (test()) return true
    try { stage.ctl('sync') } catch { /* one is under way */ }
    return false
  }, what)
}

// The server offers that one from now on.
async function offer(pack) {
  if (stage.server) await stage.stopServer()
  await stage.openServer([...(stage.url ? ['--listen', stage.url.replace('http://', '')] : []), '--pack', pack])
}

await stage.openDisplay()
await offer(six.pack)
stage.enrol()

await cases.test('a resting kiosk takes the offered pack, and keeps the former one', async () => {
  await stage.openKiosk()
  await stage.onScreen('attract')
  await synced(() => state().current === `${id}-6`, 'version 6')
  same(state().trial, 1, 'on trial')
  await guestHome(stage)
  await stage.tap('home.continue')
  await stage.onScreen('lesson')
  await stage.see(() => state().trial === 0, 'its first lesson confirms it')
})

await cases.test('it is still open after a restart, though an older one is bundled', async () => {
  await stage.openKiosk()
  await guestHome(stage)
  same(state().current, `${id}-6`, 'open')
  check(!/older|refused/.test(stage.kiosk.complaints), stage.kiosk.complaints)
})

await cases.test('a spoiled object changes nothing', async () => {
  const spoiled = join(folder, 'spoiled')
  cpSync(seven.pack, spoiled, { recursive: true })
  for (const name of readdirSync(join(spoiled, 'objects'))) appendFileSync(join(spoiled, 'objects', name), 'x')
  await offer(spoiled)
  await stage.openKiosk()
  await synced(() => /not taken/.test(stage.kiosk.complaints), 'the refusal')
  same(state().current, `${id}-6`, 'open')
  await guestHome(stage)
})

await cases.test('a pack of a stranger is refused', async () => {
  const strange = smallPack(join(stage.dir, 'strange'), { version: 9 })
  const before = state().current
  await offer(strange.pack)
  await stage.openKiosk()
  await synced(() => /not taken/.test(stage.kiosk.complaints), 'the refusal')
  same(state().current, before, 'open')
  await guestHome(stage)
})

await cases.test('three ends before a lesson was shown bring the former one back', async () => {
  const eight = smallPack(folder, { version: 8, keys: five.keys })
  const before = state().current
  await offer(eight.pack)
  await stage.openKiosk()
  await synced(() => state().current === `${id}-8`, 'version 8')
  for (let i = 0; i < 4; i++) {
    await stage.closeKiosk('SIGKILL')
    await stage.openKiosk(['--no-sync'])
  }
  same(state().current, before, 'open')
  await guestHome(stage)
})

await cases.end()
