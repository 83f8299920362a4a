// A card before the camera: the real kiosk with the real bdhvs-scan, which is shown frames of
// a folder instead of a camera's. What the card says is read off the page of staff that shows it.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Cases, check, same } from './cases.mjs'
import { leave } from './small.mjs'
import { HANH, StaffStage } from './staff.mjs'
import { bin, run } from './stage.mjs'

const NAME = 'Phạm Thị Ngưỡng'
const CITIZEN = '051045001234|212345678|PHAM THI NGUONG|01011945|NU|THON 3|01012022'
const stage = new StaffStage('1280x800')
const cases = new Cases(stage)
const frames = name => join(stage.dir, 'frames', name)
const maker = join(bin('.'), '..', 'tests', 'scan_frames')

// A folder of frames: first a while of an empty room, then of cards.
function film(name, { empty = 1, texts = [] }) {
  mkdirSync(frames(name), { recursive: true })
  const room = Buffer.concat([Buffer.from('P5 640 480 255\n'), Buffer.alloc(640 * 480, 96)])
  for (let i = 0; i < empty; i++) writeFileSync(join(frames(name), `00-${String(i).padStart(3, '0')}.pgm`), room)
  for (const text of texts) run(maker, [text, frames(name)])
  return frames(name)
}

// The helpers of the kiosk that run.
function helpers() {
  const pid = stage.kiosk.pid
  return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').filter(Boolean)
    .filter(child => readFileSync(`/proc/${child}/comm`, 'utf8').trim() === 'bdhvs-scan')
}

async function watched(n) { await stage.see(() => helpers().length === n, `${n} bdhvs-scan`) }

async function open(source) {
  await stage.openKiosk(['--no-sync', '--camera', source])
  await stage.onScreen('attract')
}

stage.provision()
stage.people([NAME])
await stage.openDisplay()
let card, code

await cases.test('the card of a person is shown by staff', async () => {
  await stage.openKiosk(['--no-sync'])
  await stage.unlock()
  await stage.signIn(HANH)
  await stage.tap('nav.tim')
  await stage.onScreen('search')
  await stage.type('nguong')
  await stage.tap('find.row#1')
  await stage.tap('find.card')
  await stage.onScreen('card')
  const picture = join(stage.dir, 'card.png')
  await stage.picture(picture)
  card = run('zbarimg', ['--quiet', '--raw', picture]).trim()
  code = stage.node('card.code').text.replace(/\D/g, '')
  check(/^BD1[0-9A-Z]{33}$/.test(card), `a card's text: ${card.length} characters`)
})

await cases.test('held up on the first page of ways in it signs in without a touch more', async () => {
  await open(film('card', { empty: 1, texts: [card] }))
  same(helpers().length, 0, 'cameras at rest')
  await stage.tap('attract.start')
  await stage.onScreen('home')
  await watched(0)
  check(stage.node('home.hello').text.startsWith('Chào'), 'greeted')
  await stage.tap('home.continue') // the second tap, flows.md R1
  await stage.onScreen('lesson')
  await leave(stage)
  check(!stage.kiosk.complaints.includes(card), 'nothing of it in the log')
})

await cases.test('on the page for it the machine says what it does, and reads the card when it comes', async () => {
  await open(film('later', { empty: 40, texts: [card] }))
  await stage.tap('attract.start')
  await stage.tap('who.card')
  await stage.onScreen('scan')
  await stage.see(() => stage.node('scan.looking'), 'that it looks')
  await watched(1)
  await cases.picture('camera-scan')
  await stage.onScreen('home')
  await watched(0)
})

await cases.test('a stranger\'s code opens nothing, is told calmly, and goes no further than the helper', async () => {
  await open(film('strange', { empty: 24, texts: [CITIZEN] }))
  await stage.tap('attract.start')
  await stage.tap('who.card')
  await stage.see(() => stage.node('scan.unknown'), 'the sentence')
  await cases.picture('camera-strange')
  check(!JSON.stringify(stage.lines).includes('051045001234') && !stage.kiosk.complaints.includes('051045001234'), 'no number of a citizen')
  await stage.tap('scan.ok')
  await stage.onScreen('scan')
  await stage.tap('bar.back')
  await stage.onScreen('signin')
  await watched(1)
  await stage.tap('bar.home')
  await watched(0)
})

await cases.test('a hostile code is a stranger\'s code', async () => {
  await open(film('hostile', { empty: 8, texts: [`BD1${'A'.repeat(130)}`] }))
  await stage.tap('attract.start')
  await stage.tap('who.card')
  await stage.see(() => stage.node('scan.unknown'), 'the sentence')
})

await cases.test('in the dark it asks for light', async () => {
  mkdirSync(frames('dark'), { recursive: true })
  writeFileSync(join(frames('dark'), '0.pgm'), Buffer.concat([Buffer.from('P5 640 480 255\n'), Buffer.alloc(640 * 480, 3)]))
  await open(frames('dark'))
  await stage.tap('attract.start')
  await stage.tap('who.card')
  await stage.see(() => stage.node('scan.dark'), 'the sentence')
})

await cases.test('without a camera the page says so, and the other ways are open', async () => {
  await open('/dev/bdhvs-none')
  await stage.tap('attract.start')
  await stage.tap('who.card')
  await stage.see(() => stage.node('scan.none'), 'the sentence')
  same(helpers().length, 0, 'helpers left')
  await stage.tap('who.code')
  await stage.onScreen('code')
  await stage.tap('bar.back')
  await stage.tap('who.card')
  await stage.see(() => stage.node('scan.none'), 'the sentence')
  run('xdotool', ['key', '--delay', '1', ...card, 'Return'], { env: stage.env }) // a scanner on a cable
  await stage.onScreen('home')
})

await cases.test('a helper that dies takes nothing with it', async () => {
  await open(film('empty', {}))
  await stage.tap('attract.start')
  await stage.tap('who.card')
  await stage.see(() => stage.node('scan.looking'), 'that it looks')
  process.kill(Number(helpers()[0]), 'SIGKILL')
  await stage.see(() => stage.node('scan.none'), 'the sentence')
  await stage.tap('bar.back')
  await stage.tap('bar.home')
  await stage.tap('attract.start')
  await watched(1)
})

await cases.test('the kiosk ends, the helper ends', async () => {
  await open(frames('empty'))
  await stage.tap('attract.start')
  await watched(1)
  const [pid] = helpers()
  await stage.closeKiosk('SIGKILL')
  for (let i = 0; i < 100; i++) {
    try { process.kill(Number(pid), 0) } catch { return }
    await new Promise(resolve => setTimeout(resolve, 20))
  }
  throw new Error('it still runs')
})

await cases.test('staff take attendance by it', async () => {
  await stage.openKiosk(['--no-sync', '--camera', film('class', { empty: 8, texts: [card] })])
  await stage.unlock()
  await stage.signIn(HANH)
  await stage.onScreen('class_open')
  await stage.tap('open.yes')
  await stage.onScreen('class')
  same(helpers().length, 0, 'cameras before they ask')
  await stage.tap('ses.scan')
  await watched(1)
  await stage.see(() => stage.page.nodes.some(n => n.text?.startsWith('Đã điểm danh')), 'that she is there')
  await stage.tap('nav.tim')
  await watched(0)
})

await cases.test('the page of locked names looks for a staff card', async () => {
  await stage.openKiosk(['--no-sync', '--camera', frames('empty')])
  await stage.tap('attract.staff')
  await stage.onScreen('locked')
  await watched(1)
})

await cases.test('the card of somebody erased was replaced or taken back, as the page says', async () => {
  await stage.openKiosk(['--no-sync', '--camera', frames('card')])
  stage.ctl('person', 'erase', '--code', code, '--yes')
  await stage.tap('attract.start')
  await stage.see(() => stage.node('scan.revoked'), 'the sentence')
  await cases.picture('camera-revoked')
})

await cases.end()
