// Every lesson on a panel and with letters of another size each (BDHVS_SWEEP=all: on all four
// and with all three), each question missed and then answered, a wrong part of each practice
// touched: no text is cut, broken, pale, runs out of its place or into another, and
// whatever can be touched is large enough (tokens.md §6). Read from the semantic log, whose
// "layout" lines the kiosk writes about what it has painted.
//   node tests/e2e/sweep.test.mjs [WxH…]
import { ok } from 'node:assert'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { playLesson } from './lesson.mjs'
import { ScriptStage } from './script.mjs'
import { leave, typesPack } from './small.mjs'
import { HANH, SETUP, StaffScript } from './staff.mjs'
import { bin, root, run, share } from './stage.mjs'

const SIZES = ['1280x800', '800x480', '1920x1080', '720x1280']
const STEPS = [0, 1, 2]
const ALL = process.env.BDHVS_SWEEP === 'all'
const TOUCHED = new Set(['button', 'choice', 'field', 'key', 'row', 'switch', 'tab', 'link', 'hotspot'])
const SHOWN = new Set(['pic.touched']) // a field that only shows what was touched
const READ = new Set(['text', 'title'])

// The bundled lessons, and one with every type of question there is.
const dir = mkdtempSync(join(tmpdir(), 'bdhvs-sweep-'))
const bundled = { pack: join(share, 'packs', 'bdhvs'), pub: join(share, 'packs', 'bdhvs.pub'), source: join(root, 'content') }
const types = typesPack(dir)
const lessonsOf = p => run(bin('bdhvs-kiosk'), ['--list-lessons', '--data', join(dir, 'list'), '--pack', p.pack, '--pack-key', p.pub])
  .trim().split('\n').map(l => ({ id: l.split(/\s/)[0], ...p }))
const lessons = [...lessonsOf(bundled), ...lessonsOf(types)]

// px per dp as tokens.md §1 has it, with the dpi that each panel is drawn for.
const DPI = { '1280x800': 150, '800x480': 133, '1920x1080': 105, '720x1280': 208 }
const scale = (w, h) => Math.round(Math.max(DPI[`${w}x${h}`] / 160, Math.min(w / 1536, h / 864)) * 64) / 64

const faults = new Map()
function report(what) { faults.set(what, (faults.get(what) ?? 0) + 1) }

function meets(a, b) {
  return Math.min(a.x + a.w, b.x + b.w) - Math.max(a.x, b.x) > 2 && Math.min(a.y + a.h, b.y + b.h) - Math.max(a.y, b.y) > 2
}

function lookAtPage(line, where) {
  const texts = line.nodes.filter(n => READ.has(n.role))
  const s = scale(line.w, line.h), small = line.h / s < 640 || line.w < line.h
  for (const n of line.nodes)
    if (n.x < 0 || n.y < 0 || n.x + n.w > line.w || n.y + n.h > line.h) report(`${where} ${line.screen}: ${n.id} off the page`)
  texts.forEach((a, i) => texts.slice(0, i).forEach(b => { if (meets(a, b)) report(`${where} ${line.screen}: ${a.id} over ${b.id}`) }))
  for (const n of line.nodes.filter(n => TOUCHED.has(n.role) && !SHOWN.has(n.id))) {
    const least = n.id === 'attract.staff' ? [100, 66] : n.id.startsWith('bar.') || n.id.startsWith('size.') ? [100, 71] : n.role === 'hotspot' ? [60, 60] : small ? [96, 72] : [112, 80]
    if (n.w + 1 < least[0] * s || n.h + 1 < least[1] * s) report(`${where} ${line.screen}: ${n.id} is ${Math.round(n.w / s)}×${Math.round(n.h / s)} dp`)
  }
}

function lookAt(stage, where) {
  for (const line of stage.lines) {
    if (line.nodes) lookAtPage(line, where)
    for (const f of line.layout ?? []) report(`${where} ${line.screen}: ${f.fault} ${f.by}: ${f.text}`)
  }
  stage.lines = stage.lines.filter(l => l.nodes).slice(-1)
}

// The largest letters also on the darkest colours.
async function setLetters(stage, step) {
  await stage.tap('bar.text')
  await stage.tap(`text.${step + 1}`)
  if (step === STEPS.at(-1)) await stage.tap('text.contrast')
  await stage.tap('text.close')
}

// The pages around the lessons.
async function around(size, step) {
  const stage = new ScriptStage(size)
  try {
    await stage.openKiosk(['--no-sync', '--dpi', String(DPI[size]), '--idle-s', '100'])
    await stage.onScreen('attract')
    await stage.tap('attract.start')
    for (const [way, name] of [['who.card', 'scan'], ['who.code', 'code']]) {
      await stage.tap(way)
      await stage.onScreen(name)
      await stage.tap('bar.back')
    }
    await stage.tap('who.guest')
    await stage.onScreen('home')
    await setLetters(stage, step)
    if (stage.node('home.more')) await stage.tap('home.more')
    await stage.tap(stage.nodes('mod#')[0].id)
    await stage.onScreen('module')
    await stage.tap('bar.help')
    await stage.onScreen('help')
    await stage.wait(30000)
    await stage.onScreen('module')
    await stage.wait(101000)
    await stage.onScreen('idle')
    lookAt(stage, `${size} ×${step}`)
    await stage.closeKiosk()
  } finally {
    await stage.close()
  }
}

const PEOPLE = { nga: 'Phạm Thị Nga', dot: 'Đinh Văn Đốt', nguyet: 'Đinh Thị Hoàng Nguyệt' }
const MINE = ['ga', 'nha', 'am']

// A class that asks for pictures; returns on its page.
async function openClass(stage) {
  await stage.unlock()
  await stage.signIn(HANH)
  await stage.onScreen('class_open')
  await stage.tap('open.s1')
  await stage.tap('open.yes')
  await stage.onScreen('class')
  await stage.tap('nav.tim')
  await stage.onScreen('search')
  for (const letters of Object.keys(PEOPLE).reverse()) {
    await stage.type(letters)
    await stage.see(() => stage.nodes('find.row#').length === 1, letters)
    await stage.tap('find.row#1')
    await stage.tap('find.add')
    await stage.tap('kb.clear')
  }
  await stage.type('nga')
  await stage.tap('find.row#1')
  await stage.tap('find.pic')
  for (const name of [...MINE, ...MINE]) await stage.tap(`pic.${name}`)
  await stage.tap('pic.done')
  await stage.tap('nav.lop')
  await stage.onScreen('class')
}

// What only people with a name or a card meet: a group, their names and pictures, what is
// asked again, the paper that they earned, and what the kiosk holds about them.
async function known(size, step) {
  const stage = new StaffScript(size), where = `${size} ×${step} known`, lesson = lessons.at(-1)
  const look = () => lookAt(stage, where)
  stage.pack = lesson.pack
  stage.packKey = lesson.pub
  try {
    stage.provision()
    stage.people(Object.values(PEOPLE))
    await stage.openKiosk(['--no-sync', '--dpi', String(DPI[size]), '--seed', '7'])
    await openClass(stage)
    await stage.tap('ses.more')
    await stage.tap('ses.group')
    await stage.tap('grp.start')
    await stage.onScreen('home')
    stage.lines = stage.lines.slice(-1) // staff read on pages of their own
    await setLetters(stage, step)
    await stage.tap('home.continue')
    await playLesson(stage, lesson.id, { source: lesson.source, page: 'group', onStep: look })
    await leave(stage)

    await stage.tap('attract.start')
    await stage.tap('who.name')
    await stage.onScreen('names')
    await stage.tap(stage.nodes('names.one#').find(n => n.text === PEOPLE.nga).id)
    await stage.onScreen('pictures')
    for (const name of MINE) await stage.tap(`pic.${name}`)
    await stage.onScreen('home')
    await setLetters(stage, step)
    for (const [way, screen, back] of [['me.door', 'about', 'bar.back'], ['home.cert', 'certificate', 'bar.home']]) {
      await stage.tap(way)
      await stage.onScreen(screen)
      await stage.tap(back)
      await stage.onScreen('home')
    }
    if (stage.node('home.path')) {
      await stage.tap('home.path')
      await stage.onScreen('placement')
      if (stage.node('place.ask')) await stage.tap('place.ask')
      await stage.tap('place.later')
      await stage.onScreen('home')
    }
    look()
    await stage.tap('bar.exit')
    await stage.onScreen('attract')
    await stage.closeKiosk()
  } finally {
    await stage.close()
  }
}

// The tools at the lower edge, as a stand in reach of a wheelchair has them.
function setBarLow(stage) {
  const file = join(dir, 'setup.json')
  writeFileSync(file, JSON.stringify({ ...SETUP, settings: { bar_low: 1 } }))
  mkdirSync(stage.data, { recursive: true, mode: 0o700 })
  stage.ctl('provision', file)
}

async function walk(size, lesson, step, low = false) {
  const stage = new ScriptStage(size)
  const where = `${size}${low ? ' low' : ''} ×${step} ${lesson.id}`
  if (low) setBarLow(stage)
  stage.pack = lesson.pack
  stage.packKey = lesson.pub
  try {
    await stage.openKiosk(['--no-sync', '--launch', lesson.id, '--dpi', String(DPI[size])])
    await stage.onScreen('lesson')
    await setLetters(stage, step)
    await playLesson(stage, lesson.id, { source: lesson.source, miss: () => 1, wrong: true, onStep: () => lookAt(stage, where) })
    lookAt(stage, where)
    await stage.closeKiosk()
  } finally {
    await stage.close()
  }
}

const sizes = process.argv.slice(2).filter(a => /^\d+x\d+$/.test(a))
for (const size of sizes.length ? sizes : SIZES)
  for (const step of STEPS) {
    await around(size, step)
    await known(size, step)
    for (const [i, lesson] of lessons.entries())
      if (ALL || lesson === lessons.at(-1) || i % (SIZES.length * STEPS.length) === SIZES.indexOf(size) * STEPS.length + step) await walk(size, lesson, step)
    if (size !== '720x1280') await walk(size, lessons.at(-1), step, true)
  }
rmSync(dir, { recursive: true, force: true })
for (const [what, n] of faults) console.error(`${what} (${n}×)`)
ok(faults.size === 0, `${faults.size} faults`)
console.log(`${lessons.length} lessons × ${STEPS.length} sizes of letters: no fault`)
