// A whole guest's lesson without a finger: Tab, arrows, Enter, Space, Esc, F2. The focus
// stands where the semantic tree says, once on every page, and moves in reading order.
import { doPractice } from './practice.mjs'
import { answers, Stage } from './stage.mjs'
import { Cases, check, same } from './cases.mjs'

const LESSON = 'm01-b01'
const ACTIVE = new Set(['button', 'choice', 'link', 'key', 'row', 'switch', 'tab', 'hotspot'])
const stage = new Stage('1280x800')
const cases = new Cases(stage)
const pages = new Set()

const focused = () => stage.page.nodes.filter(n => n.state.includes('focus'))

// Presses a key and waits for what it changes.
async function press(name, what = name) {
  const before = stage.lines.length
  stage.key(name)
  await stage.see(() => stage.lines.slice(before).some(l => l.nodes), `a change after ${what} on ${stage.screen}`)
}

// Tab until the node has the focus; gives the way there.
async function focus(id) {
  const way = []
  for (let i = 0; i < 30; i++) {
    await press('Tab')
    const at = focused()
    same(at.length, 1, `one focus on ${stage.screen}: ${at.map(n => n.id)}`)
    if (at[0].id === id) return way
    check(!way.includes(at[0].id), `${id} can be reached on ${stage.screen} (${way})`)
    way.push(at[0].id)
  }
  throw new Error(`no focus on ${id}`)
}

async function act(id, key = 'Return') {
  await focus(id)
  await press(key, `${key} on ${id}`)
}

// Tab goes round every control that can be touched, each once, line by line from the top.
async function goRound() {
  const name = stage.screen
  if (pages.has(name)) return
  pages.add(name)
  const want = stage.page.nodes.filter(n => ACTIVE.has(n.role) && !n.state.includes('disabled')).map(n => n.id)
  const seen = []
  for (;;) {
    await press('Tab')
    if (focused()[0].id === seen[0]?.id) break
    check(seen.length < 40 && !seen.some(n => n.id === focused()[0].id), `${name}: Tab goes round: ${seen.map(n => n.id)}`)
    seen.push(focused()[0])
  }
  same(want.filter(id => !seen.some(n => n.id === id)), [], `${name}: controls that Tab does not reach`)
  const first = seen.findIndex((n, i) => i > 0 && n.y + n.h <= seen[i - 1].y)
  const rounds = seen.filter((n, i) => i > 0 && n.y + n.h <= seen[i - 1].y).length
  check(rounds <= 1, `${name}: the order goes up only once round: ${seen.map(n => n.id)} (${first})`)
  for (let i = 1; i < seen.length; i++) {
    const [a, b] = [seen[i - 1], seen[i]]
    const sameLine = Math.min(a.y + a.h, b.y + b.h) - Math.max(a.y, b.y) > Math.min(a.h, b.h) / 2
    if (sameLine && i !== first) check(a.x < b.x, `${name}: from left to right: ${a.id}, ${b.id}`)
  }
  await press('shift+Tab')
  same(focused()[0].id, seen.at(-1).id, `${name}: Shift+Tab goes back`)
  await cases.picture(`keyboard-${name}`)
}

async function answerByKeys(item) {
  if (item.kind === 'true-false') return act(item.right === 'true' ? 'quiz.true' : 'quiz.false', 'space')
  if (item.kind === 'scam-or-safe') return act(item.right === 'true' ? 'quiz.scam' : 'quiz.safe')
  const choice = stage.nodes('quiz.choice#').find(c => c.text === item.right)
  await act(choice.id)
  await stage.see(() => stage.node(choice.id).state.includes('selected'), 'the choice')
  await act('quiz.choose')
}

await stage.openDisplay()

await cases.test('from the first page to the result and back', async () => {
  await stage.openKiosk(['--no-sync'])
  await stage.onScreen('attract')
  same(focused(), [], 'no focus ring for those who touch')
  await goRound()
  await act('attract.start')
  await stage.onScreen('signin')
  await goRound()
  await act('who.guest')
  await stage.onScreen('home')
  await goRound()
  await act('mod#2')
  await stage.onScreen('module')
  await act('les#1')
  await stage.onScreen('lesson')
  await stage.see(() => stage.node('lesson.next'), 'the lesson')
  await goRound()
  while (stage.screen === 'lesson') await act('lesson.next')
  await doPractice({ get screen() { return stage.screen }, get page() { return stage.page }, node: id => stage.node(id), tap: act }, LESSON)
  for (const item of Object.values(answers(LESSON))) {
    await stage.onScreen('quiz')
    await goRound()
    await answerByKeys(item)
    await stage.onScreen('feedback')
    await goRound()
    await act('fb.next')
  }
  await stage.onScreen('result')
  await stage.see(() => stage.acks.length === 1, 'the word that it is saved')
  await goRound()
  await act('bar.home')
  await stage.onScreen('home')
  await press('Escape')
  await stage.onScreen('attract')
})

await cases.test('arrows, Esc, F2 and digits do what is written on them', async () => {
  await stage.openKiosk(['--no-sync'])
  await stage.onScreen('attract')
  await act('attract.start')
  await act('who.code')
  await stage.onScreen('code')
  await goRound()
  for (const digit of '407') await press(digit)
  await stage.see(() => /3 trên 6/.test(stage.node('code.typed').text), 'three digits')
  await press('BackSpace')
  await stage.see(() => /2 trên 6/.test(stage.node('code.typed').text), 'two digits')
  await press('Escape')
  await stage.onScreen('signin')
  await press('F2')
  await stage.onScreen('help')
  await goRound()
  await press('Escape')
  await stage.onScreen('signin')
  await act('who.guest')
  await stage.onScreen('home')
  await act('bar.text')
  await stage.see(() => stage.node('text.3'), 'the text sizes')
  check(!stage.node('home.continue'), 'only the open dialog is listed')
  await act('text.2')
  await press('Escape')
  await stage.see(() => stage.node('home.continue'), 'home again')
  await act('home.continue')
  await stage.onScreen('lesson')
  await focus('lesson.next')
  const next = stage.node('lesson.next')
  await press('Up')
  check(focused()[0].y + focused()[0].h <= next.y, 'Up goes up')
  await press('Down')
  check(focused().length === 1 && focused()[0].y >= 0, 'Down stays on the page')
  await act('lesson.next')
  await act('lesson.prev')
  check(/Trang 1|1 trên/.test(stage.node('lesson.page').text), 'the first page again')
  await press('Escape')
  await stage.onScreen('module')
  await goRound()
  await press('Escape')
  await stage.onScreen('home')
})

await cases.test('the question whether anybody is there is answered by a key', async () => {
  await stage.openKiosk(['--no-sync', '--idle-s', '2'])
  await stage.onScreen('attract')
  await act('attract.start')
  await act('who.guest')
  await stage.onScreen('home')
  await stage.onScreen('idle')
  same(stage.page.nodes.filter(n => ACTIVE.has(n.role)).map(n => n.id), ['idle.leave', 'idle.stay'], 'only the dialog')
  await act('idle.stay')
  await stage.onScreen('home')
  await stage.onScreen('idle')
  await act('idle.leave')
  await stage.onScreen('attract')
})

await cases.end()
