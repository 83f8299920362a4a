// The real kiosk, real fingers, counted: registering, attendance, the report, an erasure. Every
// key on the screen is a tap, too. Seconds by the keystroke model of the drawn flows.
import { mkdirSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { Cases, check, same } from './cases.mjs'
import { HANH, MINH, StaffStage } from './staff.mjs'

const TAP_S = 0.9, KEY_S = 0.55, CONSENT_S = 11
const usb = ['--no-sync', '--usb']

class Counted extends StaffStage {
  taps = 0
  keys = 0
  count() { this.taps = this.keys = 0 }
  async tap(id) {
    if (/^(kb|code)\./.test(id)) this.keys++
    else this.taps++
    await super.tap(id)
  }
  async keyboard(letters) { for (const letter of letters) await this.tap(letter === ' ' ? 'kb.space' : `kb.${letter}`) }
  async digits(text) { for (const digit of text) await this.tap(`code.${digit}`) }
  get seconds() { return this.taps * TAP_S + this.keys * KEY_S }
}

const stage = new Counted('1280x800')
const cases = new Cases(stage)
const stick = join(stage.dir, 'usb', 'KINGSTON')
const rows = () => JSON.parse(stage.ctl('totals', '--json')).rows
const total = name => rows().filter(([stat, , , dims]) => stat === name && dims === '-').reduce((n, row) => n + row[4], 0)
// Counters; a gauge of people follows who is still there.
const GAUGES = ['registered', 'active', 'finished_one', 'lesson_firsts', 'module_finished', 'path_finished', 'vneid_status']
const counters = () => rows().filter(([stat]) => !GAUGES.includes(stat))

async function register(letters, year, { chip = false } = {}) {
  await stage.onScreen('register_name')
  if (chip) await stage.tap('reg.chip#1')
  await stage.keyboard(letters)
  await stage.tap('reg.next')
  await stage.onScreen('register_details')
  await stage.digits(year)
  await stage.tap('reg.female')
  await stage.tap('reg.next')
  await stage.onScreen('register_groups')
  await stage.tap('reg.next')
  await stage.onScreen('register_consent')
  await stage.tap('reg.c.yes')
  await stage.onScreen('card')
}

async function find(letters) {
  await stage.tap('nav.tim')
  await stage.onScreen('search')
  await stage.keyboard(letters)
  await stage.tap('find.row#1')
}

stage.provision()
mkdirSync(stick, { recursive: true })
await stage.openDisplay()

await cases.test('registering: at most 17 taps and 30 s; attendance: one tap, and one takes it back', async () => {
  await stage.openKiosk([...usb, join(stick, '..')])
  await stage.unlock()
  await stage.signIn(HANH)
  await stage.onScreen('class_open')
  await stage.tap('open.yes')
  await stage.onScreen('class')
  await stage.tap('ses.add')
  await register('phamj thij lan', '60')
  stage.count()
  await stage.tap('card.next')
  check(stage.node('reg.chip#1')?.text === 'Phạm Thị', 'the family name of this thôn is offered')
  await register('nguowngx', '58', { chip: true })
  check(stage.nodes('card.').some(n => n.text?.includes('Phạm Thị Ngưỡng')), 'her name on her card')
  console.log(`       ${stage.taps + stage.keys} taps, ${(stage.seconds + CONSENT_S).toFixed(1)} s by the model`)
  check(stage.taps + stage.keys <= 17, `${stage.taps + stage.keys} taps`)
  check(stage.seconds + CONSENT_S <= 30, `${stage.seconds + CONSENT_S} s`)
  await cases.picture('taps-card')
  await stage.tap('card.back')
  await stage.onScreen('class')

  const here = () => stage.node('ses.person#1').state.includes('correct')
  const [was, sum] = [here(), total('attendance')]
  check(was, 'who is registered in a class is present')
  stage.count()
  await stage.tap('ses.person#1')
  check(!here(), 'taken back')
  same(total('attendance'), sum - 1, 'attendance of one less')
  await stage.tap('ses.person#1')
  same([here(), total('attendance'), stage.taps], [true, sum, 2], 'present again, one tap each')
  await cases.picture('taps-class')
})

await cases.test('the report: three taps after the PIN; no name in any file on the stick', async () => {
  await stage.openKiosk([...usb, join(stick, '..')])
  await stage.unlock()
  await stage.signIn(MINH)
  await stage.onScreen('admin_stats')
  stage.count()
  await stage.tap('nav.xuat')
  await stage.onScreen('admin_export')
  await stage.tap('ex.go')
  await stage.see(() => stage.node('ex.finish'), 'the report to be written')
  await stage.tap('ex.finish')
  await stage.see(() => stage.nodes('ex.done').length, 'the word that the stick may be taken out')
  same(stage.taps, 3, 'taps')
  const files = readdirSync(join(stick, 'BDHVS'), { recursive: true }).filter(f => /bao-cao/.test(f)).map(f => f.replace(/^out\//, ''))
  check(files.some(f => f.endsWith('.xlsx')) && files.some(f => f.endsWith('.csv')), `files: ${files}`)
  for (const file of readdirSync(join(stick, 'BDHVS'), { recursive: true, withFileTypes: true }))
    if (file.isFile()) check(!readFileSync(join(file.parentPath ?? file.path, file.name)).includes('Ngưỡng'), `no name in ${file.name}`)
})

await cases.test('an erasure: four taps and the PIN; totals stay', async () => {
  await stage.openKiosk([...usb, join(stick, '..')])
  await stage.unlock()
  const before = counters()
  await stage.signIn(HANH)
  await stage.see(() => stage.node('nav.tim'), 'the pages of volunteers')
  await find('nguong')
  stage.count()
  await stage.tap('find.edit')
  await stage.tap('ed.er.go')
  await stage.tap('ed.er.yes')
  await stage.digits(HANH.pin)
  await stage.see(() => stage.node('rc.done'), 'the receipt')
  check(!stage.page.nodes.some(n => n.text?.includes('Ngưỡng')), 'no name on the receipt')
  await cases.picture('taps-receipt')
  await stage.tap('rc.ok')
  same([stage.taps, stage.keys], [4, HANH.pin.length], 'taps and digits')
  same(counters(), before, 'counters')
})

await cases.end()
