// A real X server, a real commune server and the real kiosk on loopback, driven by real
// taps; what is on the screen is read from the kiosk's semantic log. No dependency but
// node, Xvfb, xdotool and ImageMagick.
import { spawn, execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, openSync, readSync, closeSync, rmSync, readFileSync, writeFileSync, readdirSync } from 'node:fs'
import { createHash } from 'node:crypto'
import { tmpdir } from 'node:os'
import { join, dirname } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..')
export const build = process.env.BDHVS_BUILD ?? join(root, 'build', 'release')
export const bin = name => join(build, 'bin', name)
export const share = join(build, 'share', 'bdhvs')

const PATIENCE_MS = 30000
export const pause = ms => new Promise(resolve => setTimeout(resolve, ms))

export class StageError extends Error {}

// Runs a program to its end and returns its standard output.
export function run(program, args, options = {}) {
  try {
    return execFileSync(program, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], ...options })
  } catch (e) {
    throw new StageError(`${program} ${args.join(' ')}: exit ${e.status}: ${e.stderr ?? e.message}`)
  }
}

async function until(what, test, patience = PATIENCE_MS) {
  const end = performance.now() + patience // not the wall clock, which may jump
  for (;;) {
    const got = await test()
    if (got) return got
    if (performance.now() > end) throw new StageError(`waited ${patience / 1000} s in vain for ${what}`)
    await pause(15)
  }
}

export class Stage {
  constructor(size = '1280x800') {
    this.size = size
    this.dir = mkdtempSync(join(tmpdir(), 'bdhvs-stage-'))
    this.data = join(this.dir, 'kiosk')
    this.pack = join(share, 'packs', 'bdhvs')
    this.packKey = join(share, 'packs', 'bdhvs.pub')
    this.log = join(this.dir, 'semantic.jsonl')
    this.children = []
    this.moves = false // true: pages turn and the start button breathes
    this.sound = false // true: the kiosk looks for a loudspeaker
    this.lines = []
    this.read = 0
    this.rest = ''
  }

  spawn(program, args, options = {}) {
    const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'], ...options })
    child.said = ''
    child.stdout.on('data', d => { child.said += d })
    child.complaints = ''
    child.stderr.on('data', d => { child.complaints += d })
    this.children.push(child)
    return child
  }

  async openDisplay() {
    const x = this.spawn('Xvfb', ['-displayfd', '1', '-screen', '0', `${this.size}x24`, '-nolisten', 'tcp', '-noreset', '-fbdir', this.dir])
    await until('Xvfb', () => /\d+\n/.test(x.said))
    this.env = { ...process.env, DISPLAY: `:${x.said.trim()}`, XCOMPOSEFILE: '/dev/null', SDL_VIDEODRIVER: 'x11' }
  }

  async openServer(extra = []) {
    mkdirSync(join(this.dir, 'server'), { recursive: true })
    this.db = `sqlite:${join(this.dir, 'server', 'server.db')}`
    const password = join(this.dir, 'password')
    if (!existsSync(password)) {
      writeFileSync(password, 'mot-cau-dai-de-nho\n', { mode: 0o600 })
      run(bin('bdhvs-server'), ['init', '--db', this.db, '--admin', 'quantri', '--password-file', password])
      run(bin('bdhvs-server'), ['set', 'commune.name', 'Xã Đặng Thùy Trâm', '--db', this.db])
    }
    this.server = this.spawn(bin('bdhvs-server'), ['serve', '--db', this.db, '--listen', '127.0.0.1:0', '--pack', join(share, 'packs', 'bdhvs'), ...extra])
    await until('the server', () => /http:\/\/\S+/.test(this.server.said) || this.server.exitCode !== null)
    if (this.server.exitCode !== null) throw new StageError(`the server ended: ${this.server.complaints}`)
    this.url = this.server.said.match(/http:\/\/[^\s/]+/)[0]
  }

  async stopServer(signal = 'SIGTERM') {
    if (this.server.exitCode !== null || this.server.signalCode) return
    const ended = new Promise(resolve => this.server.once('exit', resolve))
    this.server.kill(signal)
    await ended
  }

  // At the same address: by it a kiosk knows its server.
  async startServerAgain() { await this.openServer(['--listen', this.url.replace('http://', '')]) }

  // Code, number, confirmation on both sides, as two people would do it.
  enrol() {
    mkdirSync(this.data, { recursive: true, mode: 0o700 })
    run(join(root, 'tools', 'enrol'), [join(build, 'bin'), this.db, this.url, this.data])
  }

  // No camera of the machine that tests looks at anybody.
  async openKiosk(options = [], program = bin('bdhvs-kiosk')) {
    const [w, h] = this.size.split('x')
    this.lines = []
    this.read = 0
    this.rest = ''
    rmSync(this.log, { force: true })
    this.kiosk = this.spawn(program, ['--data', this.data, '--pack', this.pack, '--pack-key', this.packKey,
      '--window', `${w}x${h}`, '--semantic-log', this.log, '--no-cursor', '--camera', '/dev/null', ...(this.sound ? [] : ['--mute']), ...(this.moves ? [] : ['--still']), ...options], { env: this.env })
    await this.see(() => this.screen)
  }

  ctl(...args) { return run(bin('bdhvs-ctl'), ['--data', this.data, ...args]) }
  serverTotals() { return run(bin('bdhvs-server'), ['totals', '--json', '--db', this.db]).trim() }

  // New lines of the semantic log.
  readLog() {
    if (!existsSync(this.log)) return
    const fd = openSync(this.log, 'r')
    const chunk = Buffer.alloc(1 << 20)
    for (let n; (n = readSync(fd, chunk, 0, chunk.length, this.read)) > 0;) {
      this.read += n
      this.pending = Buffer.concat([this.pending ?? Buffer.alloc(0), chunk.subarray(0, n)])
    }
    closeSync(fd)
    if (!this.pending) return
    const end = this.pending.lastIndexOf(10)
    if (end < 0) return
    for (const line of this.pending.subarray(0, end).toString('utf8').split('\n')) this.lines.push(JSON.parse(line))
    this.pending = this.pending.subarray(end + 1)
  }

  get page() { return this.lines.findLast(l => l.nodes) }
  get screen() { return this.page?.screen }
  get acks() { return this.lines.filter(l => l.ack).map(l => l.ack) }
  node(id) { return this.page?.nodes.find(n => n.id === id) }
  nodes(prefix) { return this.page?.nodes.filter(n => n.id.startsWith(prefix)) ?? [] }

  async see(test, what = 'the page', patience = PATIENCE_MS) {
    return until(what, () => {
      if (this.kiosk.exitCode !== null || this.kiosk.signalCode) throw new StageError(`the kiosk ended (${this.kiosk.exitCode ?? this.kiosk.signalCode}): ${this.kiosk.complaints}`)
      this.readLog()
      return test()
    }, patience)
  }

  async onScreen(name) { await this.see(() => this.screen === name, `screen ${name} (is ${this.screen})`).catch(e => { throw new StageError(`${e.message}; on screen: ${this.screen}, ${this.page?.nodes.map(n => n.id).join(' ')}`) }) }

  // A finger on the middle of the node; resolves when the page has changed.
  async tap(id) {
    await this.see(() => this.node(id), `${id} on ${this.screen}`)
    const { x, y, w, h } = this.node(id)
    const before = this.lines.length
    await pause(380) // a second touch within 350 ms counts as a tremor
    run('xdotool', ['mousemove', `${x + (w >> 1)}`, `${y + (h >> 1)}`, 'click', '1'], { env: this.env })
    // on a slow machine the pressed face is a frame of its own, and no answer yet
    const pressed = line => line.nodes.some(n => n.id === id && n.state.includes('pressed'))
    await this.see(() => this.lines.slice(before).some(l => l.nodes && !pressed(l)), `a change after ${id}`)
  }

  key(name) { run('xdotool', ['key', name], { env: this.env }) }

  // What the X screen shows at this moment, as a number; fast enough for what moves.
  glimpse() { return createHash('sha256').update(readFileSync(this.screenFile)).digest('hex') }

  get screenFile() { return join(this.dir, 'Xvfb_screen0') }

  // Once the page has come to rest.
  async atRest() {
    let last
    do {
      this.readLog()
      last = this.lines.length
      await pause(120)
      this.readLog()
    } while (this.lines.length !== last)
  }

  // A picture of the whole X screen.
  async picture(path) {
    await this.atRest()
    run('import', ['-window', 'root', path], { env: this.env })
  }

  async closeKiosk(signal = 'SIGTERM') {
    if (this.kiosk.exitCode === null && !this.kiosk.signalCode) {
      const ended = new Promise(resolve => this.kiosk.once('exit', resolve))
      this.kiosk.kill(signal)
      await ended
    }
  }

  async close() {
    for (const child of this.children.reverse()) {
      if (child.exitCode !== null || child.signalCode) continue
      const ended = new Promise(resolve => child.once('exit', resolve))
      child.kill('SIGTERM')
      await Promise.race([ended, pause(3000).then(() => child.kill('SIGKILL'))])
    }
    if (!process.env.BDHVS_KEEP) rmSync(this.dir, { recursive: true, force: true })
  }
}

// The answers that the lesson's author marked as right, read from the source by an
// independent few lines: {itemId: {kind, stem, right: text, list, parts}}. `list` has every
// answer as {text, left, right}, `options` how many; `parts` the situations of a story.
export function answers(lessonId, source) {
  const found = {}
  const gift = [...lessonText(lessonId, source).matchAll(/```gift\n([\s\S]*?)```/g)].map(m => m[1]).join('\n')
  for (const m of gift.matchAll(/((?:^\/\/.*\n)*)::([a-z0-9._-]+)::\s*([\s\S]*?[^\\])\{([\s\S]*?[^\\])\}/gm)) {
    const item = readItem(m)
    const story = found[m[2].replace(/\.\d$/, '')]
    if (story && /\.\d$/.test(m[2])) story.parts.push(item)
    else found[m[2]] = item
  }
  return found
}

// The lesson as its author wrote it; without an id all of them.
export function lessonText(lessonId, source = join(root, 'content')) {
  let all = ''
  for (const module of readdirSync(source)) {
    const folder = join(source, module)
    if (!existsSync(join(folder, 'module.yaml'))) continue
    for (const lesson of readdirSync(folder)) {
      const path = join(folder, lesson, 'lesson.md')
      const text = existsSync(path) ? readFileSync(path, 'utf8') : ''
      if (lessonId && text.match(/^id: *(\S+)/m)?.[1] === lessonId) return text
      all += text
    }
  }
  return lessonId ? '' : all
}

const clean = s => s.replace(/!\[[^\]]*\]\([^)]*\)/g, '').replace(/\\(.)/g, '$1').replace(/\s+/g, ' ').trim()

function readItem([, comments, , stem, body]) {
  const item = { kind: comments.match(/type: *(\S+)/)?.[1], stem: clean(stem) }
  if (/^\s*[TF]/.test(body) && !/[=~]/.test(body.split('#')[0]))
    return { ...item, kind: item.kind ?? 'true-false', right: /^\s*T/.test(body) ? 'true' : 'false' }
  if (/^\s*#/.test(body)) return { ...item, kind: item.kind ?? 'numeric', right: body.match(/\d+/)[0] }
  const plain = body.replace(/^\s*\/\/.*$/gm, '').replace(/####[\s\S]*$/, '')
  item.list = [...plain.matchAll(/(?<=^|\s)([~=])(?:%(-?[\d.]+)%)?((?:\\.|[^~=#}\\])*)/g)].map(([, sign, weight, words]) => {
    const [before, after] = words.split('->')
    const alt = before.match(/!\[([^\]]*)\]/)?.[1]
    return { text: clean(after ?? before), left: after === undefined ? null : clean(before) || alt, right: weight === undefined ? sign === '=' : Number(weight) > 0 }
  })
  const kind = item.list.every(o => o.left) ? 'match' : 'single'
  return { ...item, kind: item.kind ?? kind, right: item.list.find(o => o.right).text, options: item.list.length, parts: [item] }
}
