// tools/bench: start, memory, idle, latency and changes of page of the kiosk on a lesson page, each beside
// the minimal program (tests/bench/minimal.c) drawing the same page, run in turns. And what many lessons
// cost: building them without voices, and starting with all of them beside starting with ten.
import { spawn, spawnSync } from 'node:child_process'
import { closeSync, cpSync, mkdtempSync, openSync, readFileSync, readSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Stage, bin, pause, root, share } from '../e2e/stage.mjs'

const ROUNDS = Number(process.env.BDHVS_BENCH_ROUNDS ?? 15)
const TAPS = Number(process.env.BDHVS_BENCH_TAPS ?? 100)
const IDLE_S = Number(process.env.BDHVS_BENCH_IDLE_S ?? 30)
const LESSON = 'm09-b03'
const which = process.argv.slice(2)
const wanted = name => which.length === 0 || which.includes(name)

const sorted = a => [...a].sort((x, y) => x - y)
const quantile = (a, q) => sorted(a)[Math.min(a.length - 1, Math.floor(q * a.length))]
const round = v => Math.round(v * 1000) / 1000

function say(bench, metric, value, unit, base) {
  const line = { bench, metric, value: round(value), unit }
  if (base !== undefined) Object.assign(line, { ratio_to: round(base), ratio: base ? round(value / base) : null })
  console.log(JSON.stringify(line))
}

const stage = new Stage('1280x800')
await stage.openDisplay()
const env = stage.env
const dir = mkdtempSync(join(tmpdir(), 'bdhvs-bench-'))

// Both programs print one JSON object a line with t_ms (since process start) after each
// presented frame.
const ALL = { pack: join(share, 'packs', 'bdhvs'), key: join(share, 'packs', 'bdhvs.pub'), lesson: LESSON }

function start(kind, ...options) { return startWith(ALL, kind, ...options) }

function startWith({ pack, key, lesson }, kind, ...options) {
  const [program, args] = kind === 'kiosk'
    ? [bin('bdhvs-kiosk'), ['--data', join(dir, 'data'), '--pack', pack, '--pack-key', key, '--window', '1280x800',
      '--launch', lesson, '--semantic-log', '-', ...options]]
    : [join(bin('.'), '..', 'tests', 'bench_minimal'), ['1280', '800']]
  // window surface without a GL texture behind it: the faster way on both sides
  const child = spawn(program, args, { env: { ...env, SDL_FRAMEBUFFER_ACCELERATION: '0' }, stdio: ['ignore', 'pipe', 'inherit'] })
  const p = { child, lines: [], waiting: [], rest: '' }
  child.stdout.on('data', d => {
    const now = performance.now()
    const parts = (p.rest + d).split('\n')
    p.rest = parts.pop()
    for (const part of parts) {
      p.lines.push({ ...JSON.parse(part), arrived: now })
      for (const w of p.waiting.splice(0)) w()
    }
  })
  p.line = async n => { while (p.lines.length < n) await new Promise(resolve => p.waiting.push(resolve)); return p.lines[n - 1] }
  p.end = () => new Promise(resolve => { child.once('exit', resolve); child.kill('SIGTERM') })
  return p
}

const pss = pid => Number(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8').match(/^Pss:\s+(\d+)/m)[1]) / 1024
// CPU ms and context switches of all threads
function activity(pid) {
  let ticks = 0, switches = 0
  for (const task of readdirSync(`/proc/${pid}/task`)) {
    const stat = readFileSync(`/proc/${pid}/task/${task}/stat`, 'utf8').split(') ')[1].split(' ')
    ticks += Number(stat[11]) + Number(stat[12])
    for (const m of readFileSync(`/proc/${pid}/task/${task}/status`, 'utf8').matchAll(/ctxt_switches:\s+(\d+)/g)) switches += Number(m[1])
  }
  return { cpu_ms: ticks * 10, switches }
}

async function benchStart() {
  const t = { kiosk: [], minimal: [] }
  for (let i = 0; i < ROUNDS; i++) for (const kind of ['minimal', 'kiosk']) {
    const p = start(kind)
    t[kind].push((await p.line(1)).t_ms)
    await p.end()
  }
  say('start', 'first_frame_p50', quantile(t.kiosk, 0.5), 'ms', quantile(t.minimal, 0.5))
}

function tool(...args) {
  const done = spawnSync(bin('bdhvs-pack'), args, { encoding: 'utf8' })
  if (done.status) throw new Error(`bdhvs-pack ${args.join(' ')}: ${done.stderr}`)
}

// The first ten lessons, spoken like all of them.
function tenLessons() {
  const source = join(dir, 'ten'), pack = join(dir, 'ten-pack'), keys = join(dir, 'ten-keys')
  cpSync(join(root, 'content'), source, { recursive: true })
  const yaml = join(source, 'pack.yaml'), text = readFileSync(yaml, 'utf8')
  const modules = text.match(/^modules: \[(.*)\]$/m)[1].split(', ')
  let left = 10, taken = []
  for (const module of modules) {
    const lessons = readdirSync(join(source, module), { withFileTypes: true }).filter(e => e.isDirectory()).map(e => e.name).sort()
    for (const extra of lessons.slice(left)) rmSync(join(source, module, extra), { recursive: true })
    if (left > 0) taken.push(module)
    left -= Math.min(left, lessons.length)
  }
  writeFileSync(yaml, text.replace(/^modules: .*$/m, `modules: [${taken.join(', ')}]`).replace(/^paths:\n( .*\n)*/m, ''))
  for (const file of readdirSync(source, { recursive: true }).filter(f => f.endsWith('lesson.md'))) {
    const path = join(source, file)
    writeFileSync(path, readFileSync(path, 'utf8').replace(/^path: .*$/m, 'path: []'))
  }
  tool('build', source, pack, '--drafts', join(root, 'build', 'voice'))
  tool('keygen', '--out', keys)
  tool('sign', pack, `${keys}.key`)
  return { pack, key: `${keys}.pub`, lesson: 'm01-b01' }
}

async function benchLessons() {
  const ten = tenLessons(), all = { ...ALL, lesson: 'm01-b01' }
  const t = { ten: [], all: [] }
  const from = performance.now()

  tool('build', join(root, 'content'), join(dir, 'mute-pack'))
  say('lessons', 'build_without_voice', performance.now() - from, 'ms', 60000)
  for (let i = 0; i < ROUNDS; i++) for (const [name, lessons] of [['ten', ten], ['all', all]]) {
    const p = startWith(lessons, 'kiosk')
    t[name].push((await p.line(1)).t_ms)
    await p.end()
  }
  say('lessons', 'first_frame_all_lessons_p50', quantile(t.all, 0.5), 'ms', quantile(t.ten, 0.5))
}

async function benchMemory() {
  const m = {}
  for (const kind of ['minimal', 'kiosk']) {
    const p = start(kind)
    await p.line(1)
    await pause(500)
    m[kind] = pss(p.child.pid)
    await p.end()
  }
  say('memory', 'pss_lesson_page', m.kiosk, 'MB', m.minimal)
}

async function benchIdle() {
  const a = {}
  for (const kind of ['minimal', 'kiosk']) {
    const p = start(kind)
    await p.line(1)
    await pause(2000)
    const before = activity(p.child.pid)
    await pause(IDLE_S * 1000)
    const after = activity(p.child.pid)
    a[kind] = { cpu_ms: after.cpu_ms - before.cpu_ms, switches: after.switches - before.switches }
    await p.end()
  }
  say('idle', `cpu_in_${IDLE_S}_s`, a.kiosk.cpu_ms, 'ms', a.minimal.cpu_ms)
  say('idle', `wakeups_in_${IDLE_S}_s`, a.kiosk.switches, 'switches', a.minimal.switches)
}

// The same finger on the same place; the frame counts as shown when its line arrives.
async function benchLatency() {
  const t = { kiosk: [], minimal: [] }
  for (const kind of ['minimal', 'kiosk']) {
    const p = start(kind)
    await p.line(1)
    const hand = spawn('xdotool', ['-'], { env, stdio: ['pipe', 'ignore', 'inherit'] })
    const button = kind === 'kiosk' ? p.lines[0].nodes.find(n => n.id === 'lesson.next') : { x: 1012, y: 680, w: 234, h: 97 }
    hand.stdin.write(`mousemove ${button.x + (button.w >> 1)} ${button.y + (button.h >> 1)}\n`)
    await pause(300)
    for (let i = 0; i < TAPS; i++) {
      const n = p.lines.length
      const from = performance.now()
      hand.stdin.write('mousedown 1\n') // the pressed face is the first answer
      t[kind].push((await p.line(n + 1)).arrived - from)
      await pause(30)
      hand.stdin.write(`mousemove ${button.x - 300} ${button.y - 300}\nmouseup 1\nmousemove ${button.x + (button.w >> 1)} ${button.y + (button.h >> 1)}\n`)
      await pause(400)
    }
    hand.kill()
    await p.end()
  }
  say('latency', 'tap_to_frame_p50', quantile(t.kiosk, 0.5), 'ms', quantile(t.minimal, 0.5))
  say('latency', 'tap_to_frame_p95', quantile(t.kiosk, 0.95), 'ms', quantile(t.minimal, 0.95))
}

// From the lifted finger to the next page of the lesson and back; the minimal program draws
// its one page again. Pages that turn are measured by themselves.
async function benchPage() {
  const t = { kiosk: [], minimal: [] }
  for (const kind of ['minimal', 'kiosk']) {
    const p = start(kind, '--still')
    await p.line(1)
    const hand = spawn('xdotool', ['-'], { env, stdio: ['pipe', 'ignore', 'inherit'] })
    await pause(300) // the window has the pointer
    for (let i = 0; i < TAPS; i++) {
      const node = p.lines.findLast(l => l.nodes)?.nodes.find(n => n.id === (i % 2 ? 'lesson.prev' : 'lesson.next')) ?? { x: 1012, y: 680, w: 234, h: 97 }
      const before = p.lines.length
      hand.stdin.write(`mousemove ${node.x + (node.w >> 1)} ${node.y + (node.h >> 1)}\nmousedown 1\n`)
      await p.line(before + 1)
      await pause(60)
      const n = p.lines.length, from = performance.now()
      hand.stdin.write('mouseup 1\n')
      t[kind].push((await p.line(n + 1)).arrived - from)
      await pause(400)
    }
    hand.kill()
    await p.end()
  }
  say('page', 'page_change_p50', quantile(t.kiosk, 0.5), 'ms', quantile(t.minimal, 0.5))
  say('page', 'page_change_p95', quantile(t.kiosk, 0.95), 'ms', quantile(t.minimal, 0.95))
}

// How many pictures a turning page shows, and what that costs. Watched through the frame
// buffer of the X server: a line of pixels that every step changes.
const TURN_MS = 180, LINE_Y = 300, LINE_BYTES = 4096

async function benchTurn() {
  const p = start('kiosk'), shown = [], spent = []
  await p.line(1)
  const hand = spawn('xdotool', ['-'], { env, stdio: ['pipe', 'ignore', 'inherit'] })
  const screen = openSync(stage.screenFile), line = Buffer.alloc(LINE_BYTES)
  await pause(300) // the window has the pointer
  for (let i = 0; i < 20; i++) {
    const node = p.lines.findLast(l => l.nodes).nodes.find(n => n.id === (i % 2 ? 'lesson.prev' : 'lesson.next'))
    hand.stdin.write(`mousemove ${node.x + (node.w >> 1)} ${node.y + (node.h >> 1)}\nmousedown 1\n`)
    await pause(100)
    const before = activity(p.child.pid)
    readSync(screen, line, 0, LINE_BYTES, 3232 + LINE_Y * 1280 * 4)
    hand.stdin.write('mouseup 1\n')
    let last = line.toString('latin1'), first = 0, end = 0, n = 0
    for (const until = performance.now() + 400; performance.now() < until; await pause(1)) {
      readSync(screen, line, 0, LINE_BYTES, 3232 + LINE_Y * 1280 * 4)
      const now = line.toString('latin1')
      if (now === last) continue
      last = now
      n++
      end = performance.now()
      first ||= end
    }
    shown.push((n - 1) * 1000 / (end - first))
    spent.push(activity(p.child.pid).cpu_ms - before.cpu_ms)
    await pause(300)
  }
  closeSync(screen)
  hand.kill()
  await p.end()
  say('turn', 'pictures_a_second_p50', quantile(shown, 0.5), 'fps')
  say('turn', 'cpu_of_one_turn_p50', quantile(spent, 0.5), 'ms', TURN_MS)
}

try {
  if (wanted('start')) await benchStart()
  if (wanted('lessons')) await benchLessons()
  if (wanted('memory')) await benchMemory()
  if (wanted('idle')) await benchIdle()
  if (wanted('latency')) await benchLatency()
  if (wanted('page')) await benchPage()
  if (wanted('turn')) await benchTurn()
  if (which.includes('server')) spawnSync(join(bin('.'), '..', 'tests', 'bench_server'), { stdio: 'inherit' }) // needs PostgreSQL
  if (wanted('people')) spawnSync(join(bin('.'), '..', 'tests', 'bench_people'), { stdio: 'inherit' })
} finally {
  await stage.close()
  rmSync(dir, { recursive: true, force: true })
}
