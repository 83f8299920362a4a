// No server, a dying server, a server put back to an older copy: at the end both sides
// hold the same totals, nothing is lost and nothing counted twice.
import { spawnSync } from 'node:child_process'
import { cpSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { count, guestHome, learn, leave, smallPack } from './small.mjs'
import { Cases, check, same } from './cases.mjs'
import { Stage, bin, pause, run } from './stage.mjs'

const stage = new Stage('800x480')
const cases = new Cases(stage)
const small = smallPack(join(stage.dir, 'packs'))
stage.pack = small.pack
stage.packKey = small.pub
const serverFolder = join(stage.dir, 'server')
let lessons = 0 // learned so far, by anybody on any card

async function learnOne() {
  await stage.tap('home.continue')
  await learn(stage)
  await stage.see(() => stage.acks.length, 'the word that it is durable')
  lessons++
}

const kiosk = () => stage.ctl('totals', '--json').trim()
const completions = document => count(document, 'completions')

// Asks for an upload until both sides say the same.
async function meet(what, wanted = lessons) {
  let ours, theirs
  for (let i = 0; i < 60; i++) {
    try { stage.ctl('sync') } catch { /* said in the next comparison */ }
    ours = kiosk()
    theirs = stage.serverTotals()
    if (ours === theirs && completions(theirs) === wanted) return
    await pause(100)
  }
  same([completions(theirs), ours === theirs], [wanted, true], `${what}: completions at the server, both sides equal`)
}

async function again(body) {
  await stage.openKiosk()
  await body()
  if (stage.node('bar.home')) await leave(stage)
  await stage.closeKiosk()
}

await stage.openDisplay()
await stage.openServer()
stage.enrol()

await cases.test('lessons without a server, totals with it', async () => {
  await stage.stopServer()
  await stage.openKiosk()
  await guestHome(stage)
  await learnOne()
  await stage.tap('res.next')
  await learn(stage)
  await stage.see(() => stage.acks.length === 2, 'the second word that it is durable')
  lessons++
  check(stage.node('res.saved'), 'the result page says that it is saved, network or not')
  await leave(stage)
  const asked = spawnSync(bin('bdhvs-ctl'), ['--data', stage.data, 'sync'], { encoding: 'utf8' })
  same([asked.status, JSON.parse(asked.stdout).last], [1, 'unreachable'], 'sync says that the server is missing')
  await cases.picture('offline-attract')
  await stage.startServerAgain()
  await meet('server back')
  await stage.closeKiosk()
})

await cases.test('a server that dies in the middle of uploads', async () => {
  await again(async () => {
    await guestHome(stage)
    await learnOne()
    for (let i = 0; i < 4; i++) {
      const asked = stage.spawn(bin('bdhvs-ctl'), ['--data', stage.data, 'sync'])
      await pause(3 * i)
      await stage.stopServer('SIGKILL')
      await new Promise(resolve => (asked.exitCode === null ? asked.once('exit', resolve) : resolve()))
      await stage.startServerAgain()
    }
    await meet('after four deaths')
  })
})

await cases.test('a server put back to an older copy gets everything again', async () => {
  const old = join(stage.dir, 'old.db')
  run(bin('bdhvs-server'), ['backup', old, '--db', stage.db])
  await again(async () => {
    await guestHome(stage)
    await learnOne()
    await meet('before the copy is put back')
    await stage.stopServer()
    for (const file of readdirSync(serverFolder)) rmSync(join(serverFolder, file))
    cpSync(old, join(serverFolder, 'server.db'))
    await stage.startServerAgain()
    same(completions(stage.serverTotals()), lessons - 1, 'the old copy')
    await meet('after the copy was put back')
  })
})

await cases.end()
