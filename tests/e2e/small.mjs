// The short lessons of tests/replay for tests that go through many of them, built and
// signed by the real bdhvs-pack, and the steps that a learner takes in them.
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { doPractice } from './practice.mjs'
import { StageError, bin, root, run } from './stage.mjs'

export const LESSONS = ['m01-b01', 'm01-b02', 'm02-b01']
export const CARDS = 4
export const ITEMS = 3

// A signed pack in `folder`: {pack, keys, pub}.
export function smallPack(folder, { version = 1, keys = join(folder, 'content'), change = () => {} } = {}) {
  const source = join(folder, `source-${version}`)
  const pack = join(folder, `pack-${version}`)
  mkdirSync(folder, { recursive: true })
  cpSync(join(root, 'tests', 'replay', 'content'), source, { recursive: true })
  const yaml = join(source, 'pack.yaml')
  writeFileSync(yaml, readFileSync(yaml, 'utf8').replace(/^version: .*$/m, `version: ${version}`))
  change(source)
  run(bin('bdhvs-pack'), ['build', source, pack])
  if (!existsSync(`${keys}.key`)) run(bin('bdhvs-pack'), ['keygen', '--out', keys])
  sign(pack, keys)
  return { pack, keys, pub: `${keys}.pub` }
}

// The lesson with every type of question, in `folder`: {pack, pub, source}.
export function typesPack(folder) {
  const source = join(root, 'tests', 'replay', 'content-types')
  const pack = join(folder, 'pack-types'), keys = join(folder, 'types')
  run(bin('bdhvs-pack'), ['build', source, pack])
  run(bin('bdhvs-pack'), ['keygen', '--out', keys])
  sign(pack, keys)
  return { pack, pub: `${keys}.pub`, source }
}

export function sign(pack, keys) { run(bin('bdhvs-pack'), ['sign', pack, `${keys}.key`]) }

export async function guestHome(stage) {
  await stage.onScreen('attract')
  await stage.tap('attract.start')
  await stage.tap('who.guest')
  await stage.onScreen('home')
}

export async function cardHome(stage, code) {
  await stage.onScreen('attract')
  await stage.tap('attract.start')
  await stage.see(() => stage.screen !== 'attract', 'a way in')
  if (stage.screen === 'names') await stage.tap('bar.back') // a class is open
  await stage.tap('who.code')
  await stage.onScreen('code')
  for (const digit of code) stage.key(digit)
  await stage.onScreen('home')
}

export async function leave(stage) {
  while (!stage.node('bar.exit')) await stage.tap(stage.node('bar.back') ? 'bar.back' : 'bar.home')
  await stage.tap('bar.exit')
  await stage.onScreen('attract')
}

// Adds a nameless card and gives its code.
export function addCard(stage, { thon = 't03', sex = 'f', band = 'b4', group = 'g2' } = {}) {
  return JSON.parse(stage.ctl('person', 'add', '--thon', thon, '--sex', sex, '--band', band, '--group', group).split('\n')[0]).code
}

// Answers the question on the screen, rightly or not; ends on its feedback.
export async function answer(stage, right = true) {
  await stage.onScreen('quiz')
  if (stage.node('quiz.true')) await stage.tap(right ? 'quiz.true' : 'quiz.false')
  else if (stage.node('quiz.scam')) await stage.tap(right ? 'quiz.scam' : 'quiz.safe')
  else {
    const choice = stage.nodes('quiz.choice#').find(c => (c.text === 'Hình xanh lá') === right && !c.state.includes('disabled'))
    // after a power cut it may be chosen already, and another touch takes it back
    if (!choice.state.includes('selected')) await stage.tap(choice.id)
    await stage.tap('quiz.choose')
  }
  await stage.onScreen('feedback')
}

export async function throughCards(stage) {
  await stage.onScreen('lesson')
  while (stage.screen === 'lesson') await stage.tap('lesson.next')
  await doPractice(stage)
}

// From the first page of a lesson to its result, every answer right.
export async function learn(stage) {
  await throughCards(stage)
  for (let i = 0; i < ITEMS; i++) {
    await answer(stage)
    await stage.tap('fb.next')
  }
  await stage.onScreen('result')
}

export const rows = document => JSON.parse(document).rows

// The sum of a statistic over days and units, without dimensions.
export const count = (document, stat, unit = null) =>
  rows(document).filter(r => r[0] === stat && r[3] === '-' && (!unit || r[2] === unit)).reduce((n, r) => n + r[4], 0)

// A guest's first lesson, and what the result page says about it: nothing is
// acknowledged that is not saved.
export async function guestLesson(stage, { saved = true } = {}) {
  await guestHome(stage)
  await stage.tap('home.continue')
  await learn(stage)
  if (saved) {
    await stage.see(() => stage.acks.length && stage.nodes('res.saved').length, 'the word that it is saved')
    return
  }
  await stage.see(() => stage.node('res.unsaved'), 'the word that it is not saved')
  if (stage.acks.length) throw new StageError(`acknowledged although not saved: ${JSON.stringify(stage.acks)}`)
}

// Staff look at the state of the machine: the codes of all problems, the worst first.
export async function problems(stage) {
  await stage.tap(stage.node('e.staff') ? 'e.staff' : 'attract.staff')
  await stage.see(() => stage.screen === 'problem' || stage.node('su.state'), 'the problem or the way to it')
  if (stage.screen !== 'problem') await stage.tap('su.state')
  await stage.onScreen('problem')
  const codes = []
  for (;;) {
    const code = stage.nodes('e.code')[0]?.text.match(/[A-Z]+-\d+/)?.[0] ?? ''
    if (codes.includes(code)) return codes
    codes.push(code)
    if (!stage.node('e.next')) return codes
    await stage.tap('e.next')
  }
}

export async function closeWell(stage) {
  await stage.closeKiosk()
  if (stage.kiosk.exitCode !== 0) throw new StageError(`the kiosk ended with ${stage.kiosk.exitCode ?? stage.kiosk.signalCode}: ${stage.kiosk.complaints}`)
}
