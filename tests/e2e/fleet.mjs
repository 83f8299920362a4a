// Six real kiosks, a real server, a bad network between them, and for BDHVS_FLEET_S seconds
// everything that happens to machines: power cuts on both sides, an old copy of a card put
// back, an old copy of the server's database put back. Then everything is let through, the
// cards that were replaced too, and both sides must have the same totals, byte for byte.
//   fleet.mjs [sqlite|postgresql]
import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { BadNetwork } from './proxy.mjs'
import { doPractice } from './practice.mjs'
import { ScriptStage } from './script.mjs'
import { answer, guestHome, leave, smallPack } from './small.mjs'
import { Stage, StageError, bin, build, pause, root } from './stage.mjs'

const SECONDS = Number(process.env.BDHVS_FLEET_S ?? 600)
const KIOSKS = 6
const PUT_BACK = 3 // the first so many get older copies of their cards
const DAY_MS = 86400000
const ROUNDS_MAX = 12
const whole = { recursive: true, filter: from => !from.endsWith('.sock') }
const which = process.argv[2] ?? 'sqlite'
const chance = p => Math.random() < p
const call = promisify(execFile) // never waits in the way of the proxy
const happened = { lessons: 0, kiosk_kills: 0, server_kills: 0, cards_put_back: 0, databases_put_back: 0 }

/* --- the server --------------------------------------------------------------------- */

class Sqlite {
  async open(dir) {
    this.folder = join(dir, 'server')
    this.file = join(this.folder, 'server.db')
    this.copy = join(dir, 'old.db')
    mkdirSync(this.folder)
    this.uri = `sqlite:${this.file}`
  }
  async keep() {
    rmSync(this.copy, { force: true })
    await call(bin('bdhvs-server'), ['backup', this.copy, '--db', this.uri])
  }
  async putBack() {
    for (const file of readdirSync(this.folder)) rmSync(join(this.folder, file))
    cpSync(this.copy, this.file)
  }
  async kill() {}
  close() {}
}

class Postgres {
  async open() {
    this.cluster = spawn(join(root, 'tests', 'unit', 'pg_cluster.sh'), [], { stdio: ['pipe', 'pipe', 'inherit'] })
    this.said = ''
    this.cluster.stdout.on('data', d => { this.said += d; this.cluster.emit('said') })
    await this.answer()
    await this.tool('createdb', 'fleet')
    this.uri = `postgresql://bdhvs@/fleet?host=${this.dir}`
  }
  async answer() {
    while (!this.said.includes('\n')) await once(this.cluster, 'said')
    const [line] = this.said.split('\n')
    this.said = this.said.slice(line.length + 1)
    this.dir ??= line
    if (line === 'failed') throw new StageError('PostgreSQL does not start again')
  }
  tool(name, ...args) { return call(name, ['-h', this.dir, '-U', 'bdhvs', ...args]) }
  async keep() { // nobody may be connected
    await this.tool('dropdb', '--if-exists', 'copy')
    await this.tool('createdb', '-T', 'fleet', 'copy')
  }
  async putBack() {
    await this.tool('dropdb', 'fleet')
    await this.tool('createdb', '-T', 'copy', 'fleet')
  }
  // Every process of it at once, then it starts again.
  async kill() {
    this.cluster.stdin.write('crash 0.1\n')
    await this.answer()
  }
  close() { this.cluster.stdin.end() }
}

const host = new Stage()
const database = which === 'postgresql' ? new Postgres() : new Sqlite()
const net = new BadNetwork(0)

async function startServer() {
  const listen = net.to ? `127.0.0.1:${net.to}` : '127.0.0.1:0'
  host.server = host.spawn(bin('bdhvs-server'), ['serve', '--db', database.uri, '--listen', listen])
  while (!/http:\S+/.test(host.server.said)) {
    if (host.server.exitCode !== null) throw new StageError(`the server ended: ${host.server.complaints}`)
    await pause(10)
  }
  net.to = Number(host.server.said.match(/:(\d+)\s*$/m)[1])
}

async function stopServer(signal) {
  const ended = once(host.server, 'exit')
  host.server.kill(signal)
  await ended
}

async function troubleTheServer(end) {
  let kept = false
  while (performance.now() < end) {
    await pause(2000 + Math.random() * 6000)
    if (which === 'postgresql' && chance(0.3)) await database.kill()
    const live = which === 'sqlite' && chance(0.5)
    if (live) await database.keep()
    await stopServer('SIGKILL')
    happened.server_kills++
    if (kept && chance(0.35)) {
      await database.putBack()
      happened.databases_put_back++
      kept = false
    } else if (which === 'postgresql' && chance(0.5)) {
      await database.keep()
      kept = true
    }
    kept ||= live
    await pause(Math.random() * 500)
    await startServer()
  }
}

/* --- a kiosk ------------------------------------------------------------------------ */

class Kiosk extends ScriptStage {
  constructor(i, small) {
    super('800x480')
    this.name = `kiosk ${i}`
    this.canBePutBack = i < PUT_BACK
    this.pack = small.pack
    this.packKey = small.pub
    this.dead = [] // cards that were replaced by an older copy
    this.card = join(this.dir, 'old-card')
  }

  async enrol() {
    mkdirSync(this.data, { recursive: true, mode: 0o700 })
    const { stdout } = await call(join(root, 'tools', 'enrol'), [join(build, 'bin'), database.uri, net.url, this.data])
    this.id = stdout.match(/\bk[0-9a-f]{16}\b/)[0]
    const { stdout: card } = await call(bin('bdhvs-ctl'), ['--data', this.data, 'person', 'add', '--thon', 't03', '--sex', 'f', '--band', 'b4', '--group', 'g2', '--count', '5'])
    this.codes = card.trim().split('\n').map(line => JSON.parse(line).code)
  }

  async withCard(code) {
    await this.onScreen('attract')
    await this.tap('attract.start')
    await this.tap('who.code')
    await this.onScreen('code')
    for (const digit of code) await this.say(`tap code.${digit}`)
    await this.onScreen('home')
  }

  async onwards() {
    if (this.node('home.continue')) return this.tap('home.continue')
    await this.tap(`mod#${chance(0.5) ? 1 : 2}`)
    await this.tap('les#1')
  }

  // To the result, from wherever the last power cut left the learner.
  async learnOn() {
    while (this.screen !== 'result') {
      if (this.screen === 'lesson') await this.tap('lesson.next')
      else if (this.screen === 'practice') await doPractice(this)
      else if (this.screen === 'quiz') await answer(this)
      else if (this.screen === 'feedback') await this.tap(this.node('fb.retry') ? 'fb.retry' : 'fb.next')
      else throw new StageError(`lost on ${this.screen}`)
    }
  }

  async visit() {
    await (chance(0.5) ? guestHome(this) : this.withCard(this.codes[Math.floor(Math.random() * this.codes.length)]))
    await this.onwards()
    await this.learnOn()
    await this.see(() => this.acks.length, 'the word that it is durable')
    happened.lessons++
    await leave(this)
  }

  // So much of the kiosk's own time that it speaks to its server, and the real time that
  // the answer takes.
  async speak(ms, looks) {
    await this.say(...Array(Math.max(1, Math.round(ms / DAY_MS))).fill(`wait ${Math.min(ms, DAY_MS)}`))
    for (let i = 0; i < looks; i++) {
      await pause(25)
      await this.say('wait 2000')
    }
  }

  powerCut() {
    if (this.ended) return
    happened.kiosk_kills++
    this.kiosk.kill('SIGKILL')
  }

  // The machine is off.
  tamper() {
    if (!this.canBePutBack) return
    if (existsSync(this.card) && chance(0.5)) {
      const dead = join(this.dir, `dead-${this.dead.length}`)
      renameSync(this.data, dead)
      renameSync(this.card, this.data)
      this.dead.push(dead)
      happened.cards_put_back++
    } else if (!existsSync(this.card) && chance(0.5)) {
      cpSync(this.data, this.card, whole)
    }
  }

  async live(end) {
    while (performance.now() < end) {
      const plug = setTimeout(() => this.powerCut(), 1500 + Math.random() * 9000)
      try {
        await this.openKiosk(['--replay-sync'])
        while (performance.now() < end) {
          await this.visit()
          await this.speak(chance(0.5) ? 1260000 : 3700000, 6)
          await pause(Math.random() * 1500)
        }
      } catch (e) {
        if (!/the kiosk ended \(SIGKILL\)/.test(e.message)) throw e
      } finally {
        clearTimeout(plug)
      }
      await this.closeKiosk()
      this.tamper()
    }
  }

  async speakAs(data, ms) {
    const mine = this.data
    this.data = data
    await this.openKiosk(['--replay-sync'])
    await this.speak(ms, 12)
    await this.closeKiosk()
    this.data = mine
  }
}

/* --- at rest ------------------------------------------------------------------------ */

async function query(data, sql) {
  const { stdout } = await call('sqlite3', ['-json', join(data, 'kiosk.db'), sql], { maxBuffer: 1 << 28 })
  return JSON.parse(stdout || '[]')
}

// What every card that there ever was holds: each counter of a run as high as on any card, each
// gauge as it was last said. Written down apart from the program.
async function fromCards(kiosks) {
  const counters = new Map(), gauges = new Map(), sums = new Map()
  for (const k of kiosks) for (const data of [k.data, ...k.dead]) {
    for (const r of await query(data, "SELECT printf('%016x', r.id) AS run, stat, period, unit, dims, plus, minus FROM total t JOIN run r ON r.ord = t.run")) {
      const key = JSON.stringify([k.id, r.run, r.stat, r.period, r.unit, r.dims]), old = counters.get(key)
      counters.set(key, { ...r, plus: Math.max(r.plus, old?.plus ?? 0), minus: Math.max(r.minus, old?.minus ?? 0) })
    }
    for (const r of await query(data, "SELECT printf('%016x', r.id) AS run, r.ord, g.rev, stat, period, unit, dims, value FROM gauge g JOIN run r ON r.ord = g.run")) {
      const key = JSON.stringify([k.id, r.stat, r.period, r.unit, r.dims]), old = gauges.get(key)
      const newer = !old || r.ord > old.ord || (r.ord === old.ord && (r.rev > old.rev || (r.rev === old.rev && r.run > old.run)))
      if (newer) gauges.set(key, r)
    }
  }
  const add = (r, v) => {
    const key = JSON.stringify([r.stat, r.period, r.unit, r.dims])
    sums.set(key, (sums.get(key) ?? 0) + v)
  }
  for (const r of counters.values()) add(r, r.plus - r.minus)
  for (const r of gauges.values()) add(r, r.value)
  const rows = [...sums].filter(([, v]) => v !== 0).map(([key, v]) => [...JSON.parse(key), v])
  rows.sort((a, b) => { for (let i = 0; i < 4; i++) if (a[i] !== b[i]) return Buffer.compare(Buffer.from(a[i]), Buffer.from(b[i])); return 0 })
  return JSON.stringify({ schema: 1, rows })
}

async function totals(program, ...args) {
  return (await call(bin(program), [...args, 'totals', '--json'], { maxBuffer: 1 << 28 })).stdout.trim()
}

// Names of what is not the same yet.
async function differences(kiosks) {
  const found = []
  for (const k of kiosks) {
    if (k.dead.length) continue // its own card has forgotten what the replaced ones knew
    if (await totals('bdhvs-ctl', '--data', k.data) !== await totals('bdhvs-server', '--db', database.uri, '--kiosk', k.id)) found.push(k.name)
  }
  const cards = await fromCards(kiosks), server = await totals('bdhvs-server', '--db', database.uri)
  if (cards !== server) found.push('all cards together')
  return { found, cards, server }
}

async function comeToRest(kiosks) {
  let last
  for (let round = 1; round <= ROUNDS_MAX; round++) {
    const ms = round < 3 ? DAY_MS : 8 * DAY_MS // from then on a week and a day: everything is said again
    for (const k of kiosks) {
      for (const data of k.dead) await k.speakAs(data, ms)
      await k.speakAs(k.data, ms)
    }
    last = await differences(kiosks)
    if (last.found.length === 0) return { ...last, round }
  }
  const theirs = new Set(JSON.parse(last.server).rows.map(r => JSON.stringify(r)))
  const ours = new Set(JSON.parse(last.cards).rows.map(r => JSON.stringify(r)))
  for (const r of ours) if (!theirs.has(r)) console.error(`cards alone:  ${r}`)
  for (const r of theirs) if (!ours.has(r)) console.error(`server alone: ${r}`)
  throw new StageError(`not the same after ${ROUNDS_MAX} rounds: ${last.found.join(', ')}`)
}

/* --- the day ------------------------------------------------------------------------ */

const small = smallPack(join(host.dir, 'packs')) // short lessons: several between two power cuts
const kiosks = Array.from({ length: KIOSKS }, (_, i) => new Kiosk(i, small))
let failed = 1
try {
  await database.open(host.dir)
  const password = join(host.dir, 'password')
  writeFileSync(password, 'mot-cau-dai-de-nho\n', { mode: 0o600 })
  await call(bin('bdhvs-server'), ['init', '--db', database.uri, '--admin', 'quantri', '--password-file', password])
  await startServer()
  await net.open()
  for (const k of kiosks) await k.enrol()
  net.share = 0.5
  const end = performance.now() + SECONDS * 1000
  await Promise.all([troubleTheServer(end), ...kiosks.map(k => k.live(end))])
  net.share = 0
  const { round, server } = await comeToRest(kiosks)
  const rows = JSON.parse(server).rows
  const completions = rows.filter(r => r[0] === 'completions' && r[3] === '-').reduce((n, r) => n + r[4], 0)
  if (completions < happened.lessons) throw new StageError(`${happened.lessons} lessons were acknowledged, ${completions} are counted`)
  console.log(JSON.stringify({ fleet: which, seconds: SECONDS, ...happened, network: net.seen, rounds_to_rest: round, rows: rows.length, completions, equal: true }))
  failed = 0
} catch (e) {
  console.error(JSON.stringify({ fleet: which, ...happened, network: net.seen }))
  console.error(e.stack)
} finally {
  net.close()
  for (const k of kiosks) await k.close()
  await host.close()
  database.close()
}
console.log(failed ? '0 passed, 1 failed' : '1 passed, 0 failed')
process.exit(failed)
