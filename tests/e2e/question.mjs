// Answers the question on the screen by touches, rightly or not, whatever its type.
// `item` is one of stage.mjs answers().

const SIDE = { 'true-false': { true: 'quiz.true', false: 'quiz.false' }, 'scam-or-safe': { true: 'quiz.scam', false: 'quiz.safe' } }

const ASKS = ['quiz', 'group'] // the pages with a question
const isOpen = node => !node.state.includes('disabled')
const isChosen = node => node.state.includes('selected')

async function touch(stage, prefix, text) {
  const node = stage.nodes(prefix).find(n => n.text === text)
  if (!node) throw new Error(`no ${prefix} “${text}” among ${stage.nodes(prefix).map(n => n.text).join(' | ')}`)
  await stage.tap(node.id)
}

// One of several, by whether its words are the right ones.
async function one(stage, item, right, prefix) {
  const node = stage.nodes(prefix).find(n => (n.text === item.right) === right && isOpen(n))
  if (!node) throw new Error(`no ${right ? 'right' : 'other'} choice among ${stage.nodes(prefix).map(n => n.text).join(' | ')}; right is ${item.right}`)
  await stage.tap(node.id)
  await stage.tap('quiz.choose')
}

async function several(stage, item, right) {
  const wanted = item.list.filter(o => o.right).slice(0, right ? undefined : 1).map(o => o.text)
  for (const { id, text } of stage.nodes('quiz.choice#'))
    if (wanted.includes(text) !== isChosen(stage.node(id)) && isOpen(stage.node(id))) await stage.tap(id)
  await stage.tap('quiz.check')
}

async function inOrder(stage, item, right) {
  while (stage.node('quiz.place#1')) await stage.tap('quiz.place#1')
  const steps = item.list.map(o => o.text)
  for (const text of right ? steps : steps.reverse()) await touch(stage, 'quiz.choice#', text)
  await stage.tap('quiz.check')
}

async function inPairs(stage, item, right) {
  for (const { id } of stage.nodes('mt.left#')) if (isChosen(stage.node(id))) await stage.tap(id)
  for (let i = 0; i < item.list.length; i++) {
    await touch(stage, 'mt.left#', item.list[i].left)
    await touch(stage, 'quiz.choice#', item.list[(i + (right ? 0 : 1)) % item.list.length].text)
  }
  await stage.tap('quiz.check')
}

async function byDigits(stage, item, right) {
  for (const digit of right ? item.right : '7') await stage.tap(`quiz.digit#${digit}`)
  await stage.tap('quiz.check')
}

// Whether `text` is `stem` as it is shown: somebody addressed in it, links without brackets.
export function says(stem, text) {
  const [start, ...rest] = stem.replace(/\[([^\]]*)\]\(\)/g, '$1').split(/\{[Xx]h\}/)
  return text.startsWith(start) && text.endsWith(rest.at(-1) ?? start)
}

// To the end of the story; not right: one act that is not safe, as soon as there is one.
async function story(stage, item, right) {
  let slip = !right
  while (ASKS.includes(stage.screen)) {
    const asked = stage.node('quiz.question').text
    const part = item.parts.find(p => says(p.stem, asked))
    const acts = stage.nodes('quiz.choice#').filter(isOpen)
    const safe = text => part.list.some(o => o.right && o.text === text)
    const act = acts.find(n => safe(n.text) !== slip) ?? acts[0]
    slip = false
    await stage.tap(act.id)
    await stage.tap('quiz.choose')
    await stage.see(() => !ASKS.includes(stage.screen) || !stage.nodes('quiz.choice#').some(isChosen), 'the story to go on')
  }
}

const WAYS = { multiple: several, order: inOrder, match: inPairs, numeric: byDigits, scenario: story }

export async function answerQuestion(stage, item, right) {
  if (SIDE[item.kind]) return stage.tap(SIDE[item.kind][String((item.right === 'true') === right)])
  if (WAYS[item.kind]) return WAYS[item.kind](stage, item, right)
  return one(stage, item, right, item.kind === 'hotspot' ? 'quiz.spot#' : 'quiz.choice#')
}
