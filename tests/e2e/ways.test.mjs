// Ways through a lesson that has every type of question: the taps of a guest to its first page
// (flows.md R1; a card: camera.test, a name: names.test), with a plug pulled after every single
// touch, and with keys alone.
import { rmSync } from 'node:fs'
import { Cases, check, same } from './cases.mjs'
import { playLesson } from './lesson.mjs'
import { answerQuestion } from './question.mjs'
import { addCard, typesPack } from './small.mjs'
import { answers } from './stage.mjs'
import { ScriptStage } from './script.mjs'

const LESSON = 'm01-b01'
const stage = new ScriptStage('1280x800')
const cases = new Cases(stage)
const tap = stage.tap.bind(stage)

async function fresh() {
  rmSync(stage.data, { recursive: true, force: true })
  await stage.openKiosk(['--no-sync'])
  await stage.closeKiosk()
}

await cases.test('a guest is in the lesson after 3 taps', async () => {
  await fresh()
  await stage.openKiosk(['--no-sync'])
  for (const id of ['attract.start', 'who.guest', 'home.continue']) await stage.tap(id)
  same(stage.screen, 'lesson', 'screen')
})

const { pack, pub, source } = typesPack(stage.dir)

async function signIn(code) {
  await stage.onScreen('attract')
  await tap('attract.start')
  await tap('who.code')
  await stage.say(`text ${code}`)
  await stage.onScreen('home')
  await tap('home.continue')
}

// What a learner sees, without what moves by itself.
const seen = () => JSON.stringify([stage.screen, stage.page.nodes.map(n => [n.id, n.text, n.state.filter(s => s !== 'focus' && s !== 'pressed').join()])])

await cases.test('a plug pulled after any touch costs one touch at most', async () => {
  stage.pack = pack
  stage.packKey = pub
  await fresh()
  const code = addCard(stage)
  await stage.openKiosk(['--no-sync'])
  await signIn(code)
  let before = seen(), cuts = 0
  const lost = []

  // Every touch that changes the page is followed by a cut; what is lost is done again.
  stage.tap = async id => {
    const page = seen()
    await tap(id)
    const after = seen()
    await stage.kill()
    await stage.openKiosk(['--no-sync'])
    await signIn(code)
    cuts++
    const found = seen()
    if (found === after) return
    check(found === page || found === before, `after ${id} the page is neither the one left nor the one before:\n${found}\n${after}\n${page}`)
    lost.push(id)
    before = page
    await tap(id)
    check(seen() === after, `${id} again leads where it led: ${seen()} ${after}`)
  }
  await stage.onScreen('lesson')
  while (stage.screen === 'lesson') await stage.tap('lesson.next')
  const items = Object.values(answers(LESSON, source))
  for (const item of items) {
    await stage.onScreen('quiz')
    await answerQuestion(stage, item, false)
    await stage.tap('fb.retry')
    if (item === items.at(-1)) stage.tap = tap // with the last right answer the lesson is over
    await answerQuestion(stage, item, true)
    await stage.onScreen('feedback')
    if (item !== items.at(-1)) await stage.tap('fb.next')
  }
  same(stage.acks.length, 1, 'completions')
  console.log(`       ${cuts} cuts, a touch lost in ${lost.length}: ${[...new Set(lost)].join(' ')}`)
  check(cuts > 30, 'cuts were made')
})

// The node is reached with Tab and touched with Enter.
async function byKeys(id) {
  await stage.see(() => stage.node(id), `${id} on ${stage.screen}`)
  for (let i = 0; i < 40; i++) {
    await stage.key('tab')
    if (stage.node(id).state.includes('focus')) return stage.key('enter')
  }
  throw new Error(`Tab never reaches ${id} on ${stage.screen}`)
}

await cases.test('every type of question is answered with keys alone', async () => {
  await fresh()
  stage.tap = byKeys
  await stage.openKiosk(['--no-sync'])
  await stage.tap('attract.start')
  await stage.tap('who.guest')
  await stage.tap('home.continue')
  await playLesson(stage, LESSON, { source, miss: () => 1 })
  same(stage.acks.map(a => a.score_pct), [100], 'completions')
})

await cases.end()
