// The quiz of the whole content as Moodle would get it: an independent reader of GIFT (npm
// gift-pegjs) finds the same questions, answers and reasons in the export as in the lessons,
// and our import brings every line of it back.
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createRequire } from 'node:module'
import { bin, root, run } from './stage.mjs'

const { parse } = createRequire(import.meta.url)('gift-pegjs')
const content = join(root, 'content')
const scratch = mkdtempSync(join(tmpdir(), 'bdhvs-gift-'))
let passed = 0, failed = 0

function test(name, body) {
  try {
    body()
    passed++
    console.log(`ok     ${name}`)
  } catch (e) {
    failed++
    console.log(`FAILED ${name}: ${e.stack}`)
  }
}

function same(got, want, what) {
  const [a, b] = [got, want].map(x => JSON.stringify(x))
  if (a !== b) throw new Error(`${what}: ${a}, not ${b}`)
}

// Moodle drops every line that starts with //, wherever it stands; gift-pegjs does so between
// questions alone.
// A colon by itself is a colon to Moodle; gift-pegjs wants it escaped.
const asMoodle = text => text.replace(/^[ \t]*\/\/.*\n/gm, '')
  .replace(/^\$.*|^::\S+?::|#=?\d+:\d+|\\:|:/gm, m => m === ':' ? '\\:' : m)

const words = x => x?.text?.replace(/\s+/g, ' ').trim() || null

const number = n => ({ low: n.type === 'high-low' ? n.numberLow : n.number - (n.range ?? 0),
  high: n.type === 'high-low' ? n.numberHigh : n.number + (n.range ?? 0) })

// What a question says to a learner, free of how it was laid out.
function meaning(q) {
  return {
    id: q.title,
    type: q.type,
    stem: words(q.stem),
    truth: q.isTrue ?? null,
    reasons: [words(q.trueFeedback), words(q.falseFeedback)],
    why: words(q.globalFeedback),
    pairs: q.matchPairs?.map(p => [words(p.subquestion), p.subanswer]) ?? null,
    answers: q.choices?.map(c => ({
      right: c.isCorrect,
      weight: c.weight,
      words: q.type === 'Numerical' && c.text.type ? number(c.text) : words(c.text),
      reason: words(c.feedback),
    })) ?? null,
  }
}

const questions = gift => parse(asMoodle(gift)).filter(q => q.type !== 'Category').map(meaning)

// The // lines above and inside each question, by its id; the order does not matter.
function keys(gift) {
  const found = {}
  let waiting = [], id = null, open = false
  for (const line of gift.split('\n')) {
    const title = line.match(/^::(\S+?)::/)
    if (title) {
      id = title[1]
      found[id] = waiting
      waiting = []
      open = true
    }
    const key = line.match(/^\s*\/\/ ((type|safety|from|unit|picture|alt|hotspot|go): .*?)\s*$/)
    if (key) (open && /^\s/.test(line) ? found[id] : waiting).push(key[1])
    if (!line.trim()) open = false
  }
  for (const list of Object.values(found)) list.sort()
  return found
}

const lessons = readdirSync(content, { recursive: true }).filter(f => f.endsWith('lesson.md') && !f.startsWith('beside')).sort()
const blocks = lessons.flatMap(f =>
  [...readFileSync(join(content, f), 'utf8').matchAll(/^```gift\n(.*?)^```$/gms)].map(m => m[1]))
const written = blocks.flatMap(questions)
const exported = run(bin('bdhvs-pack'), ['export', '--format', 'gift', content])
const byId = list => Object.fromEntries(list.map(q => [q.id, q]))

test('the export has the questions of the lessons, no more and no fewer', () => {
  if (written.length < 150) throw new Error(`only ${written.length} questions found in the lessons`)
  same(questions(exported).map(q => q.id).sort(), written.map(q => q.id).sort(), 'ids')
})

test('each says the same, with the same answers, reasons and weights', () => {
  const got = byId(questions(exported))
  for (const q of written) same(got[q.id], q, q.id)
})

test('lines for the kiosk alone are kept', () => {
  const got = keys(exported)
  const typed = list => list?.filter(k => !/^type: (single|multiple|true-false|match|numeric)$/.test(k))
  for (const [id, list] of Object.entries(blocks.reduce((all, b) => Object.assign(all, keys(b)), {})))
    same(typed(got[id]), typed(list), id)
})

test('each lesson is a category of its own', () => {
  const names = parse(asMoodle(exported)).filter(q => q.type === 'Category').map(q => q.title)
  same(names.length, blocks.length, 'categories')
  same(new Set(names).size, names.length, 'names')
})

test('the import brings all of it back', () => {
  const file = join(scratch, 'all.gift')
  writeFileSync(file, exported)
  const back = run(bin('bdhvs-pack'), ['import', file])
  const lines = text => text.split('\n').filter(l => l.trim() && !/^(```|\$CATEGORY|\/\/ \$)/.test(l))
  same(lines(back), lines(exported), 'lines')
})

test('Moodle XML names the same questions', () => {
  const xml = run(bin('bdhvs-pack'), ['export', '--format', 'moodlexml', content])
  const ids = [...xml.matchAll(/<name><text>(.*?)<\/text>/g)].map(m => m[1])
  same(ids.sort(), written.map(q => q.id).sort(), 'ids')
})

rmSync(scratch, { recursive: true })
console.log(`${passed} passed, ${failed} failed`)
process.exit(failed ? 1 : 0)
