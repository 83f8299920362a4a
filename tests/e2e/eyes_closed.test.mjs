// Somebody who sees nothing finishes the lessons: all that is known of a page is what the
// kiosk has said aloud, and what is touched is what said it. With the places of what was
// heard mixed up nobody gets through, so it is the voice that leads.
import { Cases, check } from './cases.mjs'
import { practices } from './practice.mjs'
import { says } from './question.mjs'
import { ScriptStage } from './script.mjs'
import { answers, bin, run } from './stage.mjs'

const QUIET_MS = 20000 // longer than any sentence
const LESSON_STEPS = 120
const SIDE = { 'true-false': { true: 'Đúng', false: 'Sai' }, 'scam-or-safe': { true: 'Lừa đảo', false: 'Tin thật' } }
const CALL = 'Gọi'
const ON = ['Tiếp', 'Vào câu hỏi', 'Câu tiếp', 'Xem kết quả']
const CONFIRM = ['Chọn câu này', 'Xong']
const DONE = 'Máy đã ghi kết quả.'

const stage = new ScriptStage('1280x800')
const cases = new Cases(stage)
let lastHeard

// Hears everything on the page: [{text, node}], in order. A sentence without a clip is silence.
async function hear() {
  stage.lines.length = 0
  await stage.key('f1') // “Nghe”, before the page begins by itself
  for (let n = -1; n !== stage.lines.length;) {
    n = stage.lines.length
    await stage.wait(QUIET_MS)
  }
  const heard = []
  for (const l of stage.lines) if (l.speak && l.clip !== 'none' && !heard.some(h => h.node === l.node)) heard.push({ text: l.speak, node: l.node })
  lastHeard = heard.map(h => h.text).join(' | ')
  return heard
}

// What somebody who knows the answers touches after hearing this page, one thing at a time;
// `done` keeps what was touched on it.
function choose(heard, known, done) {
  const texts = heard.map(h => h.text)
  const on = ON.find(text => texts.includes(text))
  if (on) return on
  const screen = known.screens.find(s => texts.some(text => says(s.say, text)) && s.wanted.every(text => texts.includes(text)))
  if (done.at && texts.some(text => text.startsWith('Gần được rồi.'))) return done.at.wanted[done.length]
  if (screen) {
    if (done.at !== screen) done.splice(0), done.at = screen
    return screen.wanted[done.length]
  }
  const item = known.items.find(i => texts.some(text => says(i.stem, text)))
  if (done.at) done.splice(0), done.at = null // the phone is left behind
  const wanted = item ? wants(item) : []
  if (!wanted.every(text => texts.includes(text))) return undefined
  return wanted[done.length] ?? CONFIRM.find(text => texts.includes(text))
}

// What is touched on a screen of the mock phone, in order.
function touches(parts) {
  const part = parts.find(p => p.arrow === '=>')
  if (!part) return []
  if (part.kind === 'dial') return [...part.text.replace(/ /g, ''), CALL]
  return part.kind === 'hold' || part.kind === 'swipe' ? [part.text, part.text] : [part.text]
}

function wants(item) {
  if (SIDE[item.kind]) return [SIDE[item.kind][item.right]]
  if (item.kind === 'numeric') return [...item.right]
  if (item.kind === 'multiple' || item.kind === 'order') return item.list.filter(o => o.right).map(o => o.text)
  if (item.kind === 'match') return item.list.flatMap(o => [o.left, o.text])
  return [item.list.find(o => o.right).text]
}

// Returns the number of touches, or null when the way was lost.
async function learn(lesson, mix = heard => heard) {
  const known = {
    items: Object.values(answers(lesson)).flatMap(item => item.kind === 'scenario' ? item.parts : [item]),
    screens: practices(lesson).flatMap(p => Object.values(p.screens)).map(s => ({ ...s, wanted: touches(s.parts) })).filter(s => s.wanted.length),
  }
  let done = []
  await stage.openKiosk(['--no-sync', '--launch', lesson])
  for (let i = 0; i < LESSON_STEPS; i++) {
    const heard = await hear()
    if (heard.some(h => h.text === DONE)) return i
    const text = choose(heard, known, done)
    const said = mix(heard).filter(h => h.text === text)
    const node = (said.find(h => /^phone\..*#/.test(h.node)) ?? said[0])?.node // a title may say the same
    if (!node) return null
    if ([...ON, ...CONFIRM].includes(text)) done = []
    else done.push(text)
    try { await stage.say(`tap ${node}`) } catch { return null } // what cannot be touched
  }
  return null
}

// Every sentence is heard, but from where another one stands.
const mixed = heard => heard.map((h, i) => ({ text: h.text, node: heard[(i + 1) % heard.length].node }))

const lessons = run(bin('bdhvs-kiosk'), ['--list-lessons', '--data', stage.data, '--pack', stage.pack, '--pack-key', stage.packKey]).trim().split('\n').map(l => l.split(/\s/)[0])

for (const lesson of lessons)
  await cases.test(`${lesson} is learnt by ear`, async () => {
    check(await learn(lesson) !== null, `the way through ${lesson}; last heard: ${lastHeard}`)
  })

await cases.test('what is heard from the wrong place leads nowhere', async () => {
  check(await learn(lessons[0], mixed) === null, 'lost')
})

await cases.end()
