// tools/tour: a class is opened, a person registered and present; a guest's lesson, theirs,
// a nameless card's; the class is closed; the report, the upload, the dashboard.
// Compares the kiosk's totals, the server's totals, and what the taps imply.
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { StageError, pause, run } from './stage.mjs'
import { HANH, MINH, StaffStage } from './staff.mjs'
import { countedRows, cubes, impliedRows, playLesson, totalsOf } from './lesson.mjs'

const COUNTED = ['attendance', 'classes', 'head_count', 'starts', 'completions', 'passes', 'guest_completions', 'item_shown', 'item_first_right', 'practice_done']
const COHORT = { thon: 't03', sex: 'f', band: 'b4', group: 'g2' }

const args = process.argv.slice(2)
const out = args.find(a => !a.startsWith('--') && !/^\d+x\d+$/.test(a))
const size = args.includes('--size') ? args[args.indexOf('--size') + 1] : '1280x800'
if (!out || !/^\d+x\d+$/.test(size)) {
  console.error('tools/tour: usage: tools/tour OUT [--size WxH]')
  process.exit(64)
}

// Phạm Thị Ngưỡng, born 1958, as the pages preset the rest of it.
const PERSON = { thon: 't01', sex: 'f', band: 'b4', group: 'g2', job: 'j8' }

const stage = new StaffStage(size)
const steps = []
mkdirSync(out, { recursive: true })
for (const old of readdirSync(out)) if (/^\d\d+-.*\.png$|^(tour\.json|failed\.png)$/.test(old)) rmSync(join(out, old))

async function shot(name = stage.screen, tap = null) {
  const n = steps.length + 1
  const png = `${String(n).padStart(2, '0')}-${name}.png`
  await stage.picture(join(out, png))
  steps.push({ n, screen: name, tap, png })
}

async function tapTo(id, screen) {
  await shot(stage.screen, id)
  await stage.tap(id)
  await stage.onScreen(screen)
}

// Each kind of page once per lesson is enough pictures.
function sampler() {
  const seen = new Set()
  return async kind => {
    const key = kind === 'lesson' ? `lesson${seen.size}` : `${kind}-${stage.page.nodes.map(n => n.id.replace(/#\d+/, '')).join()}`
    if (seen.has(key)) return
    seen.add(key)
    await shot(kind)
  }
}

const today = () => new Date(Date.now() + 7 * 3600e3).toISOString().slice(0, 10)

function dashboard(file, width, height) {
  execFileSync('chromium', ['--headless', '--no-sandbox', '--disable-gpu', '--no-first-run', '--hide-scrollbars',
    '--disable-background-networking', '--disable-component-update', '--disable-sync', `--user-data-dir=${join(stage.dir, 'chromium')}`,
    `--window-size=${width},${height}`, `--screenshot=${file}`, `${stage.url}/`], { stdio: 'ignore', timeout: 60000 })
}

// While a class is open its names come first.
async function waysIn() {
  await shot('attract', 'attract.start')
  await stage.tap('attract.start')
  await stage.see(() => stage.screen !== 'attract', 'a way in')
  if (stage.screen === 'names') await tapTo('bar.back', 'signin')
  await stage.onScreen('signin')
}

async function signOut() {
  await stage.tap('bar.home')
  await stage.onScreen('home')
  await tapTo('bar.exit', 'attract')
}

const rowsOf = (stat, day, cohort, value = 1) => [[stat, day, '-', '-', value], ...cubes(cohort).map(dims => [stat, day, '-', dims, value])]

// A volunteer opens the class, registers a person in it, who is present; their code.
async function classOpens() {
  await stage.unlock()
  await shot('attract')
  await stage.signIn(HANH)
  await stage.onScreen('class_open')
  await tapTo('open.yes', 'class')
  await tapTo('ses.add', 'register_name')
  await stage.type('phamj thij nguowngx')
  await tapTo('reg.next', 'register_details')
  await stage.tap('code.5')
  await stage.tap('code.8')
  await stage.tap('reg.female')
  await tapTo('reg.next', 'register_groups')
  await tapTo('reg.next', 'register_consent')
  await tapTo('reg.c.yes', 'card')
  const code = stage.node('card.code').text.replace(/\D/g, '')
  await tapTo('card.back', 'class')
  await shot('class')
  await tapTo('nav.exit', 'attract')
  return code
}

async function classCloses() {
  await stage.signIn(HANH)
  await stage.onScreen('class')
  await tapTo('ses.end', 'class_close')
  await shot('class_close')
  await stage.tap('ses.end')
  await stage.see(() => stage.screen !== 'class_close', 'the class to be closed')
  await shot()
  await tapTo('nav.exit', 'attract')
}

// The administrator looks at the figures and writes the 6-month report to a stick.
async function reports() {
  await stage.signIn(MINH)
  await stage.onScreen('admin_stats')
  await tapTo('nav.xuat', 'admin_export')
  await shot('admin_export', 'ex.go')
  await stage.tap('ex.go')
  await stage.see(() => stage.node('ex.finish'), 'the report to be written and read back')
  await shot('admin_export', 'ex.finish')
  await stage.tap('ex.finish')
  await tapTo('nav.exit', 'attract')
  return readdirSync(join(stage.stick, 'BDHVS'), { recursive: true }).filter(f => /bao-cao.*\.csv$/.test(f))
}

async function main() {
  await stage.openDisplay()
  await stage.openServer(['--open-page'])
  stage.provision()
  stage.enrol()
  const card = JSON.parse(stage.ctl('person', 'add', '--thon', COHORT.thon, '--sex', COHORT.sex, '--band', COHORT.band, '--group', COHORT.group).split('\n')[0])
  const lessons = run(join(process.env.BDHVS_BUILD ?? 'build/release', 'bin', 'bdhvs-kiosk'), ['--list-lessons', '--pack', `${process.env.BDHVS_BUILD ?? 'build/release'}/share/bdhvs/packs/bdhvs`,
    '--pack-key', `${process.env.BDHVS_BUILD ?? 'build/release'}/share/bdhvs/packs/bdhvs.pub`]).trim().split('\n').map(l => l.split(/\s/)[0])
  stage.stick = join(stage.dir, 'usb', 'KINGSTON')
  mkdirSync(stage.stick, { recursive: true })
  await stage.openKiosk(['--usb', join(stage.dir, 'usb')])
  const day = today()
  const expected = []

  await stage.onScreen('attract')
  stage.ctl('sync') // the server's word makes the day certain; before it, counts have no date
  const code = await classOpens()
  expected.push(['classes', day, '-', '-', 1], ['classes', day, '-', `thon=${PERSON.thon}`, 1], ...rowsOf('attendance', day, PERSON))
  await waysIn()
  await tapTo('who.guest', 'home')
  await tapTo('home.continue', 'lesson')
  const first = await playLesson(stage, lessons[0], { miss: i => (i === 0 ? 1 : 0), onStep: sampler() })
  expected.push(...impliedRows(first, day, {}))
  await signOut()

  await waysIn()
  await tapTo('who.code', 'code')
  for (const digit of card.code.slice(0, 5)) await stage.tap(`code.${digit}`)
  await tapTo(`code.${card.code[5]}`, 'home')
  await tapTo('home.path', 'placement')
  await tapTo('place.ask', 'placement')
  while (stage.node('place.no')) await tapTo('place.no', 'placement')
  await tapTo('path.short', 'home') // in the order in which lessons are taught
  await tapTo('home.continue', 'lesson')
  const second = await playLesson(stage, 'm01-b01', { onStep: sampler() })
  // whoever signs in while a class is open is there
  expected.push(...impliedRows(second, day, COHORT), ...rowsOf('attendance', day, COHORT))
  await tapTo('res.next', 'lesson')
  let missed = false
  const third = await playLesson(stage, 'm01-b02', {
    miss: (i, item) => {
      if (item.options === 3 && (!missed || missed === item)) missed = item
      return missed === item ? 2 : 0
    },
    onStep: sampler(),
  })
  expected.push(...impliedRows(third, day, COHORT))
  await signOut()

  await waysIn()
  await tapTo('who.code', 'code')
  for (const digit of code.slice(0, 5)) await stage.tap(`code.${digit}`)
  await tapTo(`code.${code[5]}`, 'home')
  await tapTo('home.continue', 'lesson')
  expected.push(...impliedRows(await playLesson(stage, lessons[0], {}), day, PERSON))
  await signOut()
  await classCloses()
  const reportFiles = await reports()
  if (!reportFiles.length) throw new StageError('no report on the stick')

  stage.ctl('sync')
  let kiosk, server
  for (let i = 0; i < 200; i++) {
    kiosk = stage.ctl('totals', '--json').trim()
    server = stage.serverTotals()
    if (kiosk === server) break
    await pause(100)
  }
  dashboard(join(out, `${String(steps.length + 1).padStart(2, '0')}-dashboard.png`), 1440, 900)
  steps.push({ n: steps.length + 1, screen: 'dashboard', tap: null, png: `${String(steps.length + 1).padStart(2, '0')}-dashboard.png` })
  dashboard(join(out, `${String(steps.length + 1).padStart(2, '0')}-dashboard-phone.png`), 390, 844)
  steps.push({ n: steps.length + 1, screen: 'dashboard-phone', tap: null, png: `${String(steps.length + 1).padStart(2, '0')}-dashboard-phone.png` })

  if (today() !== day) throw new StageError('midnight passed during the tour: run it again')
  const wanted = totalsOf(expected)
  const counted = countedRows(kiosk, COUNTED)
  const equal = kiosk === server && JSON.parse(kiosk).rows.length > 0 && JSON.stringify(counted) === JSON.stringify(wanted)
  writeFileSync(join(out, 'tour.json'), JSON.stringify({ steps, kiosk: JSON.parse(kiosk).rows, server: JSON.parse(server).rows, expected: wanted, equal }, null, 1) + '\n')
  if (kiosk !== server) console.error(`tools/tour: totals differ:\nkiosk:  ${kiosk}\nserver: ${server}`)
  if (JSON.stringify(counted) !== JSON.stringify(wanted)) console.error(`tools/tour: the taps imply other totals:\ntaps:  ${JSON.stringify(wanted)}\nkiosk: ${JSON.stringify(counted)}`)
  console.log(`${steps.length} pictures, ${JSON.parse(kiosk).rows.length} totals on the kiosk and on the server, ${wanted.length} implied by the taps: ${equal ? 'equal' : 'NOT EQUAL'}`)
  return equal ? 0 : 1
}

let code = 1
try {
  code = await main()
} catch (e) {
  console.error(`tools/tour: ${e instanceof StageError ? e.message : e.stack}`)
  try { await stage.picture(join(out, 'failed.png')) } catch { /* no display */ }
} finally {
  await stage.close()
}
process.exit(code)
