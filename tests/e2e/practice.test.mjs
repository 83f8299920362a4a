// The mock phone under a real finger: held, pushed, touched the wrong way and back; hints up to
// what is shown; a pulled plug in the middle; what is counted.
import { Cases, check, same } from './cases.mjs'
import { count } from './small.mjs'
import { Stage, pause, run } from './stage.mjs'

const LESSON = 'm01-b02' // its phone is pushed and held
const stage = new Stage(process.env.BDHVS_SIZE ?? '1280x800')
const cases = new Cases(stage)
const part = text => stage.page.nodes.find(n => /^phone\.[a-z0-9-]+#\d+$/.test(n.id) && n.text === text)
const said = () => stage.node('p.say').text
const middle = ({ x, y, w, h }) => [String(x + (w >> 1)), String(y + (h >> 1))]
const hand = (...words) => run('xdotool', words, { env: stage.env })

async function toPhone() {
  await stage.openKiosk(['--no-sync', '--launch', LESSON, '--seed', '7'])
  await stage.see(() => ['lesson', 'practice'].includes(stage.screen), 'the lesson')
  while (stage.screen === 'lesson' || stage.node('lesson.next')) await stage.tap('lesson.next')
  await stage.onScreen('practice')
}

async function push(text, dx, dy) {
  const [x, y] = middle(part(text)).map(Number), before = said()
  await pause(400)
  hand('mousemove', `${x}`, `${y}`, 'mousedown', '1')
  for (let i = 1; i <= 4; i++) hand('mousemove', `${x + dx * i / 4}`, `${y + dy * i / 4}`)
  hand('mouseup', '1')
  await stage.see(() => said() !== before, `what comes after pushing ${text}`)
}

// Pushed the other way nothing happens, pushed as it says it goes on.
async function pushing() {
  await toPhone()
  const before = said()
  const [x, y] = middle(part('Xem phần ở dưới')).map(Number)
  await pause(400)
  hand('mousemove', `${x}`, `${y}`, 'mousedown', '1', 'mousemove', `${x}`, `${y + 90}`, 'mouseup', '1')
  await pause(500)
  stage.readLog()
  same(said(), before, 'the words')
  await push('Xem phần ở dưới', 0, -120)
}

// A wrong touch explains itself and leads back.
async function wrongAndBack() {
  const before = said()
  await stage.tap(part('Con trâu').id)
  await stage.see(() => part('Trở lại'), 'its consequence')
  await stage.tap(part('Trở lại').id)
  await stage.see(() => said() === before, 'where one was')
}

// Hints: said, framed, pointed at, shown; then it is the learner’s turn.
async function hints() {
  const before = said()
  await stage.tap('p.hint')
  check(said() !== before, 'the hint is said')
  await stage.tap('p.hint')
  check(part('Rẫy keo').state.includes('selected'), 'framed')
  await stage.tap('p.hint')
  check(stage.node('p.show'), 'what comes last')
  await stage.tap('p.show')
  await stage.see(() => stage.node('phone.anh#2'), 'where it leads')
  await stage.see(() => stage.node('phone.ds2#2'), 'and back')
}

// The power goes in the middle of it: the same screen, nothing twice.
async function plug() {
  const screen = part('Rẫy keo').id
  await stage.closeKiosk('SIGKILL')
  await stage.openKiosk(['--no-sync', '--launch', LESSON])
  await stage.onScreen('practice')
  same(part('Rẫy keo').id, screen, 'the screen')
}

// Held long enough it goes on, and the next screen can be touched.
async function holding() {
  await stage.tap(part('Rẫy keo').id)
  await stage.see(() => part('Sang ảnh kế bên'), 'the picture')
  await push('Sang ảnh kế bên', -120, 0)
  const [x, y] = middle(part('Tấm ảnh'))
  await pause(400)
  hand('mousemove', x, y, 'mousedown', '1')
  await stage.see(() => part('Lưu ảnh'), 'what it opens while it is held')
  hand('mouseup', '1')
  await pause(300)
  stage.readLog()
  check(part('Lưu ảnh'), 'letting go touches nothing')
  await stage.tap(part('Lưu ảnh').id)
  await stage.onScreen('quiz')
  await stage.closeKiosk()
  const totals = stage.ctl('totals', '--json')
  same([count(totals, 'practice_done', LESSON), count(totals, 'practice_hints', LESSON)], [1, 4], 'done, and hints')
  check(/agree|no difference|ok/i.test(stage.ctl('rebuild', '--verify')), 'the journal says the same')
}

await stage.openDisplay()
await cases.test('the phone of a lesson under a finger, from its first screen to the questions', async () => {
  for (const step of [pushing, wrongAndBack, hints, plug, holding]) await step()
})
await cases.end()
await stage.close()
