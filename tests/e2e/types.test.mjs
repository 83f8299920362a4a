// Every type of question in the real program at four sizes: answered by touches, missed
// and then right; its pictures beside those kept in tests/golden/pages and the drawn pages.
//   node tests/e2e/types.test.mjs [--accept] [WxH…]
import { Golden } from './golden.mjs'
import { answerQuestion } from './question.mjs'
import { typesPack } from './small.mjs'
import { answers, Stage, StageError } from './stage.mjs'

const LESSON = 'm01-b01'

// What the drawn pages name; the words themselves are others.
const DRAWN = {
  'quiz-order': ['r17-quiz-ordering'], 'quiz-hotspot': ['r18-quiz-hotspot'],
  'quiz-scenario': ['r28-quiz-scenario', { 'quiz.choice#1': 'sc.a', 'quiz.choice#2': 'sc.b' }],
  'quiz-match': ['r29-quiz-matching'],
}
const COMPARED = /^(quiz\.(order\.(from|to)|hot\.tip|choose|check)|mt\.how|sc\.[ab])$/

const golden = new Golden(DRAWN, COMPARED)
const page = (stage, name) => golden.page(stage, name)

async function ask(stage, item) {
  await stage.onScreen('quiz')
  await page(stage, `quiz-${item.kind}`)
  await answerQuestion(stage, item, false)
  await stage.onScreen('feedback')
  await stage.tap('fb.retry')
  await stage.onScreen('quiz')
  await page(stage, `quiz-${item.kind}-again`)
  await answerQuestion(stage, item, true)
  await stage.onScreen('feedback')
  await page(stage, `feedback-${item.kind}`)
  if (!stage.node('fb.ok')) throw new StageError(`${item.kind}: not right`)
  await stage.tap('fb.next')
}

async function walk(size) {
  const stage = new Stage(size)
  try {
    const { pack, pub, source } = typesPack(stage.dir)
    stage.pack = pack
    stage.packKey = pub
    await stage.openDisplay()
    await stage.openKiosk(['--no-sync', '--launch', LESSON, '--seed', '7'])
    await stage.onScreen('lesson')
    while (stage.screen === 'lesson') await stage.tap('lesson.next')
    for (const item of Object.values(answers(LESSON, source))) await ask(stage, item)
    await stage.onScreen('result')
    await stage.see(() => stage.acks.length, 'the completion to be saved')
    if (stage.acks[0].score_pct !== 100) throw new StageError(`${stage.acks[0].score_pct} %`)
  } finally {
    await stage.close()
  }
}

await golden.run(walk)
