// Twenty people whose names hold a word that occurs nowhere else are registered through the
// screen, half of them while names are locked. No byte of the data folder, the log, the
// stick, the server's database or what bdhvs-ctl says holds that word, nor does the memory of
// the kiosk once names are locked, or once nobody stands there any more.
import { randomInt } from 'node:crypto'
import { closeSync, mkdirSync, openSync, readFileSync, readSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { Cases, check, same } from './cases.mjs'
import { HANH, MINH, PASSPHRASE, StaffStage } from './staff.mjs'

const stage = new StaffStage('1280x800')
const cases = new Cases(stage)
const stick = join(stage.dir, 'usb', 'KINGSTON')
const HALF = 10

// Vowels that no key changes; made anew for each run.
const letters = n => Array.from({ length: n }, (_, i) => i % 3 === 1 ? 'iu'[randomInt(2)] : 'bcghklmnpqtv'[randomInt(12)]).join('')
const CANARY = letters(9)
const TRACES = [CANARY, CANARY.toUpperCase(), CANARY[0].toUpperCase() + CANARY.slice(1)].flatMap(word => {
  const utf16 = Buffer.from(word, 'utf16le'), utf32 = Buffer.alloc(word.length * 4)
  for (let i = 0; i < word.length; i++) utf32.writeUInt32LE(word.charCodeAt(i), 4 * i)
  return [Buffer.from(word), utf16, utf32]
})
const holds = bytes => TRACES.some(trace => bytes.includes(trace))

function files(folder) {
  const all = readdirSync(folder, { recursive: true, withFileTypes: true }).filter(f => f.isFile()).map(f => join(f.parentPath ?? f.path, f.name))
  return { n: all.length, with: all.filter(file => holds(readFileSync(file))) }
}

// The regions of the kiosk's memory that hold the word.
function memory() {
  const found = [], fd = openSync(`/proc/${stage.kiosk.pid}/mem`, 'r')
  let n = 0
  for (const line of readFileSync(`/proc/${stage.kiosk.pid}/maps`, 'utf8').trim().split('\n')) {
    const [, from, to, rights, what = ''] = line.match(/^([0-9a-f]+)-([0-9a-f]+) (\S+) \S+ \S+ \S+ *(.*)$/)
    if (!rights.startsWith('r') || what === '[vvar]' || what === '[vsyscall]') continue
    const bytes = Buffer.alloc(parseInt(to, 16) - parseInt(from, 16))
    try { readSync(fd, bytes, 0, bytes.length, parseInt(from, 16)) } catch { continue } // memory of a device
    n += bytes.length
    if (holds(bytes)) found.push(`${line} at ${TRACES.map(trace => bytes.indexOf(trace)).filter(i => i >= 0)}`)
  }
  closeSync(fd)
  check(n > 1 << 20, 'memory was read')
  return found
}

function nowhere(when) {
  for (const [folder, least] of [[stage.data, 3], [join(stage.dir, 'server'), 1], [join(stage.dir, 'usb'), 0]]) {
    const found = files(folder)
    check(found.n >= least, `${folder} has files`)
    same(found.with, [], `${when}: files with the name in ${folder}`)
  }
  same(holds(Buffer.from(stage.kiosk.said + stage.kiosk.complaints)), false, `${when}: the name in the log`)
  for (const words of [['totals', '--json'], ['doctor'], ['doctor', '--json']]) same(holds(Buffer.from(stage.ctl(...words))), false, `${when}: the name in ${words[0]}`)
  const support = join(stage.dir, `support ${when}.txt`.replaceAll('/', ' '))
  stage.ctl('support', support)
  same(holds(readFileSync(support)), false, `${when}: the name in what is sent to a helper`)
}

async function register(n) {
  for (let i = 0; i < n; i++) {
    await stage.onScreen('register_name')
    await stage.type(`${CANARY} ${letters(5)}`)
    // in the field, and whole: a button proposes the family name before it is typed
    const typed = () => { const field = stage.node('reg.name.field'); return `${field?.text} ${field?.value}`.toLowerCase() }
    await stage.see(() => new RegExp(`${CANARY} \\S{3}`).test(typed()), 'the name on the screen')
    await stage.tap('reg.next')
    await stage.onScreen('register_details')
    for (const id of ['code.6', `code.${i % 10}`, i % 2 ? 'reg.male' : 'reg.female', 'reg.next']) await stage.tap(id)
    await stage.onScreen('register_groups')
    await stage.tap('reg.next')
    if (stage.screen === 'register_duplicate') await stage.tap('reg.dup.no')
    await stage.onScreen('register_consent')
    await stage.tap('reg.c.yes')
    await stage.onScreen('card')
    if (!i) { // the name stands on the page of the pictures, too
      await stage.tap('card.pic')
      await stage.onScreen('pictures')
      for (const picture of ['ga', 'nha', 'am', 'am', 'ga', 'nha', 'done']) await stage.tap(`pic.${picture}`)
      await stage.onScreen('card')
    }
    await stage.tap(i + 1 < n ? 'card.next' : 'card.back')
  }
}

stage.provision()
mkdirSync(stick, { recursive: true })
await stage.openDisplay()
await stage.openServer()
stage.enrol()

await cases.test('names are open: nothing in files; nobody stands there: nothing in memory', async () => {
  await stage.openKiosk(['--usb', join(stick, '..')])
  await stage.unlock()
  await stage.signIn(HANH)
  await stage.see(() => stage.node('nav.ghi'), 'the pages of volunteers')
  await stage.tap('nav.ghi')
  await register(HALF)
  await stage.onScreen('search')
  check(memory().length > 0, 'the search finds a name that is open')
  await stage.type(CANARY.slice(0, 4))
  await stage.see(() => stage.node('find.row#1'), 'somebody with that name')
  nowhere('open')
  await stage.tap('nav.exit')
  await stage.onScreen('attract')
  same(memory(), [], 'memory with the name')
})

await cases.test('names are locked: registering goes on, nothing in files, nothing in memory', async () => {
  await stage.openKiosk(['--usb', join(stick, '..')])
  await stage.tap('attract.staff')
  await stage.onScreen('locked')
  await stage.tap('lk.without')
  await stage.onScreen('staff_signin')
  await stage.tap(stage.nodes('pin.who#').find(n => n.text === HANH.alias).id)
  await stage.pin(HANH.pin)
  await stage.see(() => stage.node('nav.ghi'), 'the pages of volunteers')
  await stage.tap('nav.ghi')
  await register(HALF)
  await stage.tap('nav.exit')
  await stage.onScreen('attract')
  stage.ctl('backup')
  stage.ctl('sync')
  stage.ctl('courier', stick)
  nowhere('locked')
  same(memory(), [], 'memory with the name')
})

await cases.test('all twenty are there for who may see them', async () => {
  await stage.openKiosk(['--usb', join(stick, '..')])
  await stage.unlock()
  await stage.signIn(MINH)
  await stage.see(() => stage.node('nav.tim'), 'the pages of administrators')
  const rows = JSON.parse(stage.ctl('totals', '--json')).rows
  same(rows.find(r => r[0] === 'registered' && r[3] === '-')?.[4], 2 * HALF, 'people')
  await stage.tap('nav.tim')
  await stage.type(CANARY.slice(0, 5))
  await stage.see(() => stage.node('find.row#1')?.text.toLowerCase().includes(CANARY), 'the name')
  check(!holds(Buffer.from(PASSPHRASE)), 'the passphrase is another word')
})

// The helper that speaks is asked with the name on stdin; it ends with its page.
await cases.test('a name that was read aloud: nothing in memory once its class has ended', async () => {
  Object.assign(stage.env, { SDL_AUDIODRIVER: 'dummy' })
  stage.sound = true
  await stage.openKiosk(['--no-sync'])
  await stage.unlock()
  await stage.signIn(HANH)
  await stage.onScreen('class_open')
  await stage.tap('open.yes')
  await stage.onScreen('class')
  await stage.tap('nav.tim')
  await stage.onScreen('search')
  await stage.type(CANARY.slice(0, 5))
  await stage.tap('find.row#1')
  await stage.tap('find.add')
  await stage.tap('nav.exit')
  await stage.onScreen('attract')
  await stage.tap('attract.start')
  await stage.onScreen('names')
  await stage.see(() => stage.lines.some(l => l.node === 'names.one#1' && l.clip === 'draft' && l.speak.toLowerCase().includes(CANARY)), 'the name is spoken')
  check(memory().length > 0, 'the name while it is read')
  await stage.tap('bar.back')
  await stage.onScreen('signin')
  await stage.tap('bar.home')
  await stage.onScreen('attract')
  await stage.signIn(HANH)
  await stage.onScreen('class')
  await stage.tap('ses.end')
  await stage.onScreen('class_close')
  await stage.tap('ses.end')
  await stage.see(() => stage.screen !== 'class_close', 'the end of the class')
  await stage.tap('nav.exit')
  await stage.onScreen('attract')
  nowhere('spoken')
  same(memory(), [], 'memory with the name')
})

await cases.end()
