// Nobody gets out: every chord of a keyboard on the full screen, and random touches, keys, texts
// and scans on the null platform. The kiosk lives on, starts no program but its helpers, and every page it shows
// is one of its own. BDHVS_ESCAPE=all: every key with every modifier, and 100 000 inputs.
import { createInterface } from 'node:readline'
import { spawn } from 'node:child_process'
import { readFileSync, readlinkSync } from 'node:fs'
import { basename, join } from 'node:path'
import { Cases, check, same } from './cases.mjs'
import { Stage, bin, pause, run } from './stage.mjs'

const all = process.env.BDHVS_ESCAPE === 'all'
const INPUTS = all ? 100000 : 1500
const stage = new Stage('1280x800')
const cases = new Cases(stage)
const known = new Set(run(bin('bdhvs-kiosk'), ['--list-screens']).trim().split('\n').map(l => l.split(/\s/)[0]))
// Programs that are not the kiosk's own helpers (the camera's, the voice's).
const helpers = new Set(['bdhvs-scan', 'bdhvs-voice', 'bdhvs-print'].map(bin))
function strangers(pid) {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').filter(Boolean)
  return children.map(child => { try { return readlinkSync(`/proc/${child}/exe`) } catch { return null } }).filter(exe => exe && !helpers.has(exe) && basename(exe) !== 'bdhvs-kiosk')
}

const MODIFIERS = ['ctrl', 'alt', 'shift', 'super']
const KEYS = [
  ...'abcdefghijklmnopqrstuvwxyz0123456789', ...Array.from({ length: 12 }, (_, i) => `F${i + 1}`),
  'Escape', 'Tab', 'Return', 'space', 'BackSpace', 'Delete', 'Insert', 'Home', 'End', 'Prior', 'Next', 'Left', 'Right', 'Up', 'Down',
  'Print', 'Pause', 'Scroll_Lock', 'Menu', 'minus', 'equal', 'comma', 'period', 'slash', 'semicolon', 'grave', 'KP_Enter', 'KP_Add', 'KP_Subtract',
]
// What other programs take for leaving, closing, consoles and menus.
const NAMED = ['ctrl+alt+Delete', 'ctrl+alt+BackSpace', 'alt+F4', 'alt+Tab', 'ctrl+c', 'ctrl+q', 'ctrl+w', 'ctrl+z', 'super', 'super+d', 'super+l', 'alt+space', 'ctrl+alt+t', 'ctrl+shift+Escape', 'alt+Print', 'F11', 'ctrl+alt+F1', 'ctrl+alt+F2', 'ctrl+o', 'ctrl+p', 'ctrl+s', 'ctrl+n', 'Menu']

function* chords() {
  if (!all) { yield* NAMED; return }
  for (let mask = 0; mask < 1 << MODIFIERS.length; mask++) for (const key of KEYS) yield [...MODIFIERS.filter((_, i) => mask >> i & 1), key].join('+')
}

function holdsOut(kiosk, what) {
  stage.readLog()
  same(kiosk.exitCode ?? kiosk.signalCode, null, `${what}: the kiosk lives`)
  same(strangers(kiosk.pid), [], `${what}: programs it started`)
  same([...new Set(stage.lines.map(l => l.screen).filter(s => s && !known.has(s)))], [], `${what}: unknown pages`)
}

await stage.openDisplay()
for (const launch of ['attract', 'm09-b03']) {
  await cases.test(`no chord leads out of ${launch}`, async () => {
    await stage.openKiosk(['--fullscreen', '--no-sync', '--launch', launch])
    const kiosk = stage.kiosk, hand = spawn('xdotool', ['-'], { env: stage.env, stdio: ['pipe', 'ignore', 'ignore'] })
    let n = 0
    for (const chord of chords()) {
      hand.stdin.write(`key --delay 0 ${chord}\n`)
      if (++n % 100 === 0) { await pause(150); holdsOut(kiosk, chord) }
    }
    hand.stdin.end()
    await new Promise(resolve => hand.once('exit', resolve))
    await pause(300)
    holdsOut(kiosk, 'all of them')
    const windows = run('xdotool', ['search', '--onlyvisible', '--name', '.'], { env: stage.env }).trim().split('\n')
    same(windows.length, 1, 'one window')
    const size = run('xdotool', ['getwindowgeometry', '--shell', windows[0]], { env: stage.env })
    check(/WIDTH=1280\nHEIGHT=800/.test(size), `it fills the screen: ${size}`)
  })
}

// xorshift32: a run can be repeated by its seed
function randomOf(seed) {
  let x = seed >>> 0 || 1
  return n => { x ^= x << 13; x >>>= 0; x ^= x >>> 17; x ^= x << 5; x >>>= 0; return x % n }
}

const ACTIVE = new Set(['button', 'choice', 'key', 'row', 'switch', 'tab', 'link', 'hotspot'])
const KEY_NAMES = ['tab', 'backtab', 'left', 'right', 'up', 'down', 'enter', 'space', 'esc', 'f1', 'f2', 'erase']
const TEXTS = ['Nguyễn', 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', '0', '123456', '𠀀😀\u0301', '../../etc/passwd', "'; DROP TABLE event;--", '<script>', '%n%s', '\u202E', 'nguoiwf']
const WAITS = [10, 900, 5000, 30000, 400000] // ms
const SCANS = ['BD1AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA', 'BD1', 'BC1ZZZ', 'https://evil.example/', 'x'.repeat(200), '00020101021138', '"><svg>']

// A kiosk that starts on a page and is played at random; gives the pages it showed.
async function playAtRandom(launch, inputs, random) {
  const kiosk = spawn(bin('bdhvs-kiosk'), ['--data', join(stage.dir, 'null'), '--pack', stage.pack, '--pack-key', stage.packKey, '--window', '1280x800', '--launch', launch, '--replay', '-'], { stdio: ['pipe', 'pipe', 'pipe'] })
  let complaints = '', ended = false, screen = '', nodes = []
  const seen = new Set()
  kiosk.stderr.on('data', d => { complaints = (complaints + d).slice(-600) })
  kiosk.once('exit', () => { ended = true })
  const lines = createInterface({ input: kiosk.stdout })[Symbol.asyncIterator]()
  // Plays a line, and reads what it shows.
  async function play(line, n) {
    kiosk.stdin.write(`${line}\nmark ${n}\n`)
    for (;;) {
      const { value, done } = await lines.next()
      check(!done && !ended, `from ${launch}, input ${n} (${line}) on ${screen}: it ended: ${complaints}`)
      if (value === `# ${n}`) return
      const page = value.match(/^== (\S+) @/), node = value.match(/^(\S+) ([\w.-]+)((?: [+=]\S+)*)(?::.*)?$/)
      if (page) { screen = page[1]; nodes = []; seen.add(screen) } else if (node && ACTIVE.has(node[1]) && !node[3].includes('+disabled') && /\w$/.test(node[2])) nodes.push(node[2])
    }
  }
  await play('wait 1', 0)
  for (let n = 1; n <= inputs; n++) {
    const kind = random(100)
    if (kind < 72 && nodes.length) await play(`tap ${nodes[random(nodes.length)]}`, n)
    else if (kind < 84) await play(`key ${KEY_NAMES[random(KEY_NAMES.length)]}`, n)
    else if (kind < 92) await play(`text ${TEXTS[random(TEXTS.length)]}`, n)
    else if (kind < 96) await play(`scan ${SCANS[random(SCANS.length)]}`, n)
    else await play(`wait ${WAITS[random(WAITS.length)]}`, n)
    if (n % 200 === 0) same(strangers(kiosk.pid), [], `from ${launch}, input ${n}: programs it started`)
  }
  kiosk.stdin.end()
  await new Promise(resolve => (ended ? resolve() : kiosk.once('exit', resolve)))
  same(kiosk.exitCode, 0, `from ${launch}: its end`)
  return seen
}

const seed = Number(process.env.BDHVS_SEED ?? Date.now() % 2 ** 32) >>> 0
await cases.test(`random inputs on the null platform, seed ${seed}`, async () => {
  const random = randomOf(seed), seen = new Set()
  const starts = all ? [...known] : ['attract', 'm09-b03', 'quiz']
  for (const launch of starts) for (const page of await playAtRandom(launch, Math.ceil(INPUTS / starts.length), random)) seen.add(page)
  same([...seen].filter(s => !known.has(s)), [], 'unknown pages')
  check(seen.size > 5, `it went round: ${[...seen]}`)
  console.log(`       ${seen.size} of ${known.size} pages`)
})

await cases.end()
