// A card put back to an older copy, two machines with one card: at the end the server has
// everything that was learned on any of them, once.
import { cpSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { count, guestHome, learn, leave, smallPack } from './small.mjs'
import { Cases, same } from './cases.mjs'
import { Stage, pause } from './stage.mjs'

const stage = new Stage('800x480')
const cases = new Cases(stage)
const small = smallPack(join(stage.dir, 'packs'))
stage.pack = small.pack
stage.packKey = small.pub
const whole = { recursive: true, filter: from => !from.endsWith('.sock') }
const kiosk = () => count(stage.ctl('totals', '--json'), 'completions')
const server = () => count(stage.serverTotals(), 'completions')

// Asks for an upload until the server has so many completions.
async function send(wanted) {
  for (let i = 0; i < 60 && server() < wanted; i++) {
    stage.ctl('sync')
    await pause(50)
  }
  same(server(), wanted, 'completions at the server')
}

// A guest comes, learns one lesson and leaves.
async function visit(wanted) {
  await stage.openKiosk()
  await guestHome(stage)
  await stage.tap('home.continue')
  await learn(stage)
  await stage.see(() => stage.acks.length, 'the word that it is durable')
  await leave(stage)
  await send(wanted)
  await stage.closeKiosk()
}

await stage.openDisplay()
await stage.openServer()
stage.enrol()

await cases.test('a card written back loses nothing that the server has', async () => {
  const card = join(stage.dir, 'card')
  await visit(1)
  cpSync(stage.data, card, whole)
  await visit(2)
  rmSync(stage.data, { recursive: true })
  cpSync(card, stage.data, whole)
  same(kiosk(), 1, 'the card has forgotten one')
  await visit(3)
  same(kiosk(), 2, 'the card goes on counting')
})

await cases.test('two machines with one card both count, once', async () => {
  const first = stage.data
  const clone = join(stage.dir, 'clone')
  cpSync(first, clone, whole)
  let wanted = 3
  for (const data of [first, clone, first]) {
    stage.data = data
    await visit(++wanted)
  }
  for (const data of [clone, first, clone, first]) {
    stage.data = data
    for (let i = 0; i < 3; i++) stage.ctl('sync')
  }
  same(server(), wanted, 'completions at the server, after all has been sent again')
})

await cases.end()
