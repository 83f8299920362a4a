// Plays one lesson by taps, as a learner would, and says what the taps imply.
import { doPractice } from './practice.mjs'
import { answerQuestion } from './question.mjs'
import { answers } from './stage.mjs'

// `miss(itemIndex, item)`: how often that item is answered wrongly first. What was chosen
// wrongly once cannot be chosen again, so only an item of three can be missed twice.
// Alone on the page `quiz`, with others on `group`. Returns {items, firstRight, passedItems}
// implied by the taps.
export async function playLesson(stage, lessonId, { miss = () => 0, onStep = async () => {}, source, page = 'quiz', wrong = false } = {}) {
  const known = answers(lessonId, source)
  const ids = Object.keys(known)
  const implied = { lesson: lessonId, items: [] }
  await stage.onScreen('lesson')
  while (stage.screen === 'lesson') {
    await onStep('lesson')
    await stage.tap('lesson.next')
  }
  implied.practices = await doPractice(stage, lessonId, { source, onStep, wrong })
  for (let i = 0; i < ids.length; i++) {
    const item = known[ids[i]]
    let misses = 0
    for (;;) {
      await stage.onScreen(page)
      await onStep(page)
      const right = misses >= miss(i, item)
      await answerQuestion(stage, item, right)
      await stage.onScreen('feedback')
      await onStep('feedback')
      if (right) {
        await stage.tap('fb.next')
        break
      }
      misses++
      const again = stage.node('fb.retry')
      await stage.tap(again ? 'fb.retry' : 'fb.next')
      if (!again) break
    }
    implied.items.push({ id: ids[i], firstRight: misses === 0, right: misses < 2 })
  }
  await stage.onScreen('result')
  await onStep('result')
  return implied
}

// Rows of totals (without `seconds`, which taps do not fix) that one played lesson
// implies on `day` for a cohort ({} for a guest).
export function impliedRows(implied, day, cohort) {
  const rows = []
  const add = (stat, unit, value, alsoCubes) => {
    if (!value) return
    rows.push([stat, day, unit, '-', value])
    if (!alsoCubes) return
    for (const dims of cubes(cohort)) rows.push([stat, day, unit, dims, value])
  }
  const guest = !Object.keys(cohort).length
  const nRight = implied.items.filter(i => i.right).length
  const passed = nRight * 3 >= implied.items.length * 2
  add('starts', implied.lesson, 1, !guest)
  add('completions', implied.lesson, 1, !guest)
  if (passed) add('passes', implied.lesson, 1, !guest)
  add('practice_done', implied.lesson, implied.practices, false)
  if (guest) add('guest_completions', implied.lesson, 1, false)
  for (const item of implied.items) {
    add('item_shown', item.id, 1, false)
    if (item.firstRight) add('item_first_right', item.id, 1, false)
  }
  return rows
}

export function cubes(cohort) {
  const single = Object.entries(cohort).map(([k, v]) => `${k}=${v}`)
  if (cohort.sex && cohort.thon) single.push(`sex=${cohort.sex};thon=${cohort.thon}`)
  if (cohort.band && cohort.thon) single.push(`band=${cohort.band};thon=${cohort.thon}`)
  return single
}

// Adds rows up and writes them as `totals --json` does.
export function totalsOf(rows) {
  const sum = new Map()
  for (const [stat, period, unit, dims, value] of rows) {
    const key = JSON.stringify([stat, period, unit, dims])
    sum.set(key, (sum.get(key) ?? 0) + value)
  }
  return [...sum].map(([key, value]) => [...JSON.parse(key), value])
    .sort((a, b) => Buffer.compare(Buffer.from(JSON.stringify(a.slice(0, 4))), Buffer.from(JSON.stringify(b.slice(0, 4)))))
}

// Rows of a totals document that taps fix: dates of `seconds` and gauges are compared
// elsewhere.
export function countedRows(document, stats) {
  return JSON.parse(document).rows.filter(r => stats.includes(r[0]))
}
