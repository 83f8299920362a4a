// A lesson that is broken off goes on at the very same step: after a pulled plug, after
// somebody else learned in between. Nothing is counted twice.
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { addCard, answer, cardHome, count, guestHome, leave, smallPack, throughCards } from './small.mjs'
import { Cases, check, same } from './cases.mjs'
import { Stage } from './stage.mjs'

const stage = new Stage('800x480')
const cases = new Cases(stage)
const small = smallPack(join(stage.dir, 'packs'))
stage.pack = small.pack
stage.packKey = small.pub

// What a learner sees, without what moves by itself.
const seen = () => ({ screen: stage.screen, nodes: stage.page.nodes.map(n => [n.id, n.text, n.state.filter(s => s !== 'focus' && s !== 'pressed').join()]) })

async function pullPlug() {
  await stage.closeKiosk('SIGKILL')
  await stage.openKiosk(['--no-sync'])
}

async function fresh() {
  rmSync(stage.data, { recursive: true, force: true })
  await stage.openKiosk(['--no-sync'])
}

const totals = () => stage.ctl('totals', '--json')

// The lesson with a plug pulled at every kind of step; `home` leads to the own home page.
async function cutEverywhere(home) {
  async function cut(what) {
    const before = seen()
    await pullPlug()
    await home()
    check(/vào lại chỗ đang học/.test(stage.node('home.praise').text), `${what}: home says that a lesson goes on`)
    await stage.tap('home.continue')
    await stage.onScreen(before.screen)
    same(seen(), before, what)
  }

  await home()
  await stage.tap('home.continue')
  await stage.onScreen('lesson')
  await stage.tap('lesson.next')
  await cut('at the second page')
  await throughCards(stage)
  await cut('at the first question')
  await answer(stage, false)
  await cut('at the feedback of a miss')
  await stage.tap('fb.retry')
  await cut('at the second try')
  await answer(stage)
  await stage.tap('fb.next')
  await answer(stage)
  await stage.tap('fb.next')
  await answer(stage)
  await stage.tap('fb.next')
  await stage.onScreen('result')
  await stage.see(() => stage.acks.length, 'the word that it is durable')
  same(stage.node('res.score').text, 'Trả lời đúng 3 trên 3 câu.', 'the answers from before the cuts count')
  await pullPlug()
  await home()
  check(/đã học xong 1 bài/.test(stage.node('home.praise').text), `after the result: ${stage.node('home.praise').text}`)
  const done = totals()
  same([count(done, 'starts'), count(done, 'completions'), count(done, 'passes')], [1, 1, 1], 'starts, completions, passes')
  same([count(done, 'item_shown'), count(done, 'item_first_right')], [3, 2], 'items shown and right at first')
  check(!/differ|broken/.test(stage.ctl('rebuild', '--verify')), 'the projections agree with the events')
}

await stage.openDisplay()

await cases.test('a card holder goes on at every step after kill -9', async () => {
  await fresh()
  const code = addCard(stage)
  await cutEverywhere(() => cardHome(stage, code))
  await stage.closeKiosk()
})

await cases.test('a guest goes on after kill -9, and counts once', async () => {
  await fresh()
  await guestHome(stage)
  await stage.tap('home.continue')
  await stage.tap('lesson.next')
  await throughCards(stage)
  await answer(stage, false)
  const before = seen()
  await pullPlug()
  await guestHome(stage)
  await stage.tap('home.continue')
  await stage.onScreen('feedback')
  same(seen(), before, 'at the feedback of a miss')
  same([count(totals(), 'starts'), count(totals(), 'completions')], [1, 0], 'starts, completions')
  await stage.closeKiosk()
})

await cases.test('two card holders alternate, each at the own place', async () => {
  await fresh()
  const codes = [addCard(stage), addCard(stage, { thon: 't05', sex: 'm' })]
  const places = []
  await cardHome(stage, codes[0])
  await stage.tap('home.continue')
  await stage.tap('lesson.next')
  await stage.tap('lesson.next')
  places[0] = seen()
  await leave(stage)
  await cardHome(stage, codes[1])
  await stage.tap('home.continue')
  await throughCards(stage)
  await answer(stage)
  await stage.tap('fb.next')
  await stage.onScreen('quiz')
  places[1] = seen()
  await leave(stage)
  for (const who of [0, 1]) {
    await cardHome(stage, codes[who])
    await stage.tap('home.continue')
    await stage.onScreen(places[who].screen)
    same(seen(), places[who], `person ${who + 1}`)
    await leave(stage)
  }
  await guestHome(stage)
  check(/bài đầu tiên/.test(stage.node('home.praise').text), 'a guest begins anew')
  same(count(totals(), 'starts'), 2, 'starts')
  await stage.closeKiosk()
})

await cases.end()
