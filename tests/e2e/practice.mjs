// Plays a practice on the mock phone by touches. What is right is read from the source by an
// independent few lines.
import { lessonText } from './stage.mjs'

// [{title, screens: {id: {say, parts: [{kind, text, arrow, to}]}}}] of a lesson.
export function practices(lessonId, source) {
  return [...lessonText(lessonId, source).matchAll(/```practice\n([\s\S]*?)```/g)].map(([, block]) => {
    const screens = {}
    let parts, last
    for (const line of block.split('\n')) {
      const [, id] = line.match(/^\[([a-z0-9-]+)\]/) ?? []
      if (id) screens[last = id] = { parts: parts = [] }
      const [, say] = line.match(/^say: (.*)$/) ?? []
      if (say) screens[last].say = say
      const part = line.match(/^- ([a-z]+): (.*?)(?: (=>|~>|->) ([a-z0-9-]+))?\s*$/)
      if (part) parts.push({ kind: part[1], text: part[2].split(' | ')[0].trim(), arrow: part[3], to: part[4] })
    }
    return { title: block.match(/^title: (.*)$/m)[1], screens }
  })
}

const screenOf = stage => stage.page.nodes.map(n => n.id.match(/^phone\.([a-z0-9-]+)#\d+$/)?.[1]).find(id => id && id !== 'digit')

// Touches the part as it wants to be touched.
export async function touchPart(stage, screen, k, part) {
  const id = `phone.${screen}#${k + 1}`
  if (part.kind === 'dial') for (const digit of part.text.replace(/ /g, '')) await stage.tap(`phone.digit#${digit}`)
  if (part.kind === 'hold' || part.kind === 'swipe') await stage.tap(id) // the second touch does it
  await stage.tap(id)
}

// From the first page of the practice to what follows; without an id in whatever lesson is open; watched before, where the author wrote so.
// Returns how many practices were done. `wrong`: also touches the first wrong part that is met, and comes back.
export async function doPractice(stage, lessonId, { source, onStep = async () => {}, wrong = false } = {}) {
  const all = practices(lessonId, source)
  let slip = wrong
  for (let guard = 0; stage.screen === 'practice'; guard++) {
    if (guard > 200) throw new Error(`${lessonId}: the practice does not end`)
    await onStep('practice')
    if (stage.node('lesson.next')) { await stage.tap('lesson.next'); continue }
    const screen = screenOf(stage)
    const { parts } = all.find(p => p.title === stage.node('p.title').text).screens[screen]
    const meant = arrow => parts.findIndex(p => p.arrow === arrow)
    const k = slip && meant('~>') >= 0 ? meant('~>') : meant('=>') >= 0 ? meant('=>') : parts.findIndex(p => p.to === 'back')
    if (parts[k].arrow === '~>') slip = false
    await touchPart(stage, screen, k, parts[k])
  }
  return all.length
}
