// Each page of the real program at four sizes: its picture beside the one kept in
// tests/golden/pages, and its boxes beside those of the drawn page
// (tests/golden/mockup-boxes.json), within 12 dp.
//   node tests/e2e/pages.test.mjs [--accept] [--report] [WxH…]
// --accept keeps the new pictures; --report prints every box that was compared.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Golden } from './golden.mjs'
import { playLesson } from './lesson.mjs'
import { doPractice } from './practice.mjs'
import { answerQuestion } from './question.mjs'
import { addCard } from './small.mjs'
import { recorded } from './microphone.mjs'
import { answers, Stage } from './stage.mjs'

const LESSON = 'm09-b03'

// Drawn page of each of ours, and ids that have another name there.
const DRAWN = {
  attract: ['r01-attract'], 'attract-hre': ['r01-attract'], language: ['r02-language'], signin: ['r03-signin'], scan: ['r04-scan'], code: ['r07-code', { 'bar.title': 'code.title' }], home: ['r08-home'], module: ['r09-module'],
  lesson: ['r10-lesson', { 'lesson.picture': 'picture' }], 'text-size': ['r11-lesson-large-text'], quiz: ['r15-quiz-single'], 'quiz-true-false': ['r16-quiz-true-false'],
  'quiz-scam': ['r19-quiz-scam-or-safe'], 'feedback-right': ['r20-feedback-correct'], 'feedback-not-yet': ['r21-feedback-not-yet'], result: ['r22-quiz-result'],
  practice: ['r30-practice-scam-call', { 'p.show': 'p.hint' }], idle: ['r24-idle-warning', { idle: 'dialog' }], help: ['r25-call-help'],
  word: ['r27-word-card', { 'lesson.picture': 'picture' }], review: ['r34-review'], 'home-review': ['r08-home'],
}

// What is compared: places that a person touches or looks for first. Words inside cards
// and centred sentences depend on the words themselves.
const COMPARED = /^(scan\.other|bar\.(back|home|exit|text|listen|help)|attract\.(start|staff|hre)|lang\.(vi|hre|go)|code\.\d|home\.continue|mod#\d|les#\d|lesson\.(next|prev)|quiz\.(choice#\d|choose|true|false|scam|safe)|fb\.(next|retry)|res\.(next|redo)|idle\.(stay|leave)|word\.hear|rev\.(new|go)|dialog|help\.cancel|text\.[123]|picture|p\.(hint|fake))$/

const golden = new Golden(DRAWN, COMPARED, node => node.id === 'idle.ring') // it empties
const page = (stage, name) => golden.page(stage, name)

// What a camera sees while nobody is there.
function emptyRoom(stage) {
  const folder = join(stage.dir, 'room')
  mkdirSync(folder)
  writeFileSync(join(folder, '0.pgm'), Buffer.concat([Buffer.from('P5 640 480 255\n'), Buffer.alloc(640 * 480, 96)]))
  return folder
}

async function answer(stage, item, right) {
  const side = { 'true-false': { true: 'quiz.true', false: 'quiz.false' }, 'scam-or-safe': { true: 'quiz.scam', false: 'quiz.safe' } }[item.kind]
  if (side) return stage.tap(side[String((item.right === 'true') === right)])
  await stage.tap(stage.nodes('quiz.choice#').find(c => (c.text === item.right) === right).id)
  if (!right) await page(stage, 'quiz')
  await stage.tap('quiz.choose')
}

async function signIn(stage, code) {
  await stage.tap('attract.start')
  await stage.see(() => stage.screen !== 'attract', 'a page')
  if (stage.screen === 'language') await stage.tap('lang.go') // once, after Hrê came
  await stage.tap('who.code')
  await stage.onScreen('code')
  for (const digit of code) stage.key(digit)
  await stage.see(() => !['code', 'attract', 'signin'].includes(stage.screen), 'their page')
}

// A lesson by its place among the parts and in its part, to the end and home.
async function learnOf(stage, module, place, lesson) {
  while (!stage.node(`mod#${module}`)) await stage.tap('home.more')
  await stage.tap(`mod#${module}`)
  await stage.onScreen('module')
  await stage.tap(`les#${place}`)
  await playLesson(stage, lesson)
  await stage.tap('bar.home')
  await stage.onScreen('home')
}

// Whether the longest words of the question, without forms of address, are on the page.
function stands(stage, item) {
  const part = item.stem.split(/\{[Xx]h\}|[[\]()“”]/).sort((a, b) => b.length - a.length)[0].trim()
  return stage.page.nodes.some(n => n.text?.includes(part))
}

// Pages that only somebody with a card meets: where to begin, and what is asked again.
async function ofSomebody(stage) {
  await stage.openKiosk(['--no-sync', '--seed', '7'])
  const code = addCard(stage)
  await signIn(stage, code)
  await stage.onScreen('home')
  await stage.tap('home.path')
  await page(stage, 'placement')
  await stage.tap('place.ask')
  await page(stage, 'placement-question')
  for (let i = 0; stage.node('place.no'); i++) await stage.tap(i < 4 ? 'place.yes' : 'place.no')
  await page(stage, 'placement-paths')
  await stage.tap('path.citizen')
  await stage.onScreen('home')
  await learnOf(stage, 8, 2, 'm07-b02')
  await learnOf(stage, 10, 3, 'm09-b03')
  await stage.tap('bar.exit')
  await stage.onScreen('attract')
  await signIn(stage, code)
  await page(stage, 'home-review')
  await stage.tap('home.review')
  await page(stage, 'review')
  await stage.tap('rev.go')
  const known = Object.values({ ...answers('m07-b02'), ...answers('m09-b03') })
  while (stage.screen === 'quiz') {
    await answerQuestion(stage, known.find(item => stands(stage, item)), true)
    await stage.onScreen('feedback')
    await stage.tap('fb.next')
  }
  await page(stage, 'review-word')
  while (stage.node('lesson.next')) await stage.tap('lesson.next')
  await page(stage, 'review-end')
}

async function walk(size) {
  const stage = new Stage(size)
  try {
    await stage.openDisplay()
    await stage.openKiosk(['--no-sync', '--camera', emptyRoom(stage)])
    await stage.onScreen('attract')
    await page(stage, 'attract')
    await stage.tap('attract.start')
    await page(stage, 'signin')
    await stage.tap('who.card')
    await stage.see(() => stage.node('scan.looking'), 'that it looks')
    await page(stage, 'scan')
    await stage.tap('bar.back')
    await stage.onScreen('signin')
    await stage.tap('who.code')
    for (const digit of ['4', '0', '7', '1']) await stage.tap(`code.${digit}`)
    await page(stage, 'code')
    await stage.tap('bar.back')
    await stage.onScreen('signin')
    await stage.tap('who.guest')
    await stage.onScreen('home')
    await page(stage, 'home')
    await stage.tap('mod#1')
    await stage.onScreen('module')
    await page(stage, 'module')
    await stage.closeKiosk()

    recorded(stage, 'hre', ['Muốn nghe tiếng nào?'])
    await stage.openKiosk(['--no-sync'])
    await stage.see(() => stage.node('attract.hre'), 'the other door')
    await page(stage, 'attract-hre')
    await stage.closeKiosk()
    await stage.openKiosk(['--no-sync', '--launch', 'language'])
    await stage.onScreen('language')
    await page(stage, 'language')
    await stage.closeKiosk()

    await stage.openKiosk(['--no-sync', '--launch', LESSON, '--seed', '7'])
    await stage.onScreen('lesson')
    for (let i = 0; i < 2; i++) await stage.tap('lesson.next')
    await page(stage, 'word')
    for (let i = 0; i < 2; i++) await stage.tap('lesson.next')
    await page(stage, 'lesson')
    await stage.tap('bar.text')
    await stage.tap('text.3')
    await page(stage, 'text-size')
    await stage.tap('text.1')
    await stage.tap('text.close')
    await stage.tap('bar.help')
    await stage.onScreen('help')
    await page(stage, 'help')
    await stage.tap('help.cancel')
    await stage.onScreen('lesson')
    while (stage.screen === 'lesson') await stage.tap('lesson.next')
    await page(stage, 'practice-show')
    while (stage.node('lesson.next')) await stage.tap('lesson.next')
    for (let i = 0; i < 3; i++) await stage.tap(stage.node('p.hint') ? 'p.hint' : 'p.hint.short')
    await page(stage, 'practice')
    await doPractice(stage, LESSON)
    const seen = new Set()
    for (const item of Object.values(answers(LESSON))) {
      await stage.onScreen('quiz')
      if (item.kind !== 'single' && !seen.has(item.kind)) await page(stage, item.kind === 'true-false' ? 'quiz-true-false' : 'quiz-scam')
      if (!seen.size) {
        await answer(stage, item, false)
        await stage.onScreen('feedback')
        await page(stage, 'feedback-not-yet')
        await stage.tap('fb.retry')
        await stage.onScreen('quiz')
      }
      await answer(stage, item, true)
      await stage.onScreen('feedback')
      if (!seen.size) await page(stage, 'feedback-right')
      seen.add(item.kind)
      await stage.tap('fb.next')
    }
    await stage.onScreen('result')
    await stage.see(() => /^Máy đã ghi/.test(stage.nodes('res.saved')[0]?.text ?? ''), 'the word that it is saved')
    await page(stage, 'result')
    await stage.closeKiosk()

    await stage.openKiosk(['--no-sync', '--launch', LESSON, '--idle-s', '2'])
    await stage.onScreen('idle')
    await page(stage, 'idle')
    await stage.tap('idle.stay')
    await stage.onScreen('lesson')
    await stage.closeKiosk()

    const { pack } = stage
    stage.pack = join(stage.dir, 'no-pack')
    await stage.openKiosk(['--no-sync'])
    await stage.onScreen('problem')
    await page(stage, 'problem')
    await stage.closeKiosk()
    stage.pack = pack

    await ofSomebody(stage)
  } finally {
    await stage.close()
  }
}

await golden.run(walk)
