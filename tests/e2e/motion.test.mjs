// Pages turn in a few steps and then stand; the start button breathes three times and rests;
// who wants nothing to move is obeyed, and it is remembered by the card. Real X server.
import { readFileSync } from 'node:fs'
import { Cases, check, same } from './cases.mjs'
import { addCard, cardHome, guestHome, leave } from './small.mjs'
import { pause, run, Stage } from './stage.mjs'

const stage = new Stage('1280x800')
const cases = new Cases(stage)
stage.moves = true
await stage.openDisplay()

// What is seen within that time, glimpse by glimpse.
async function film(ms) {
  const seen = []
  const end = performance.now() + ms
  do {
    seen.push(stage.glimpse())
    await pause(4)
  } while (performance.now() < end)
  return seen
}

const cpu = () => readFileSync(`/proc/${stage.kiosk.pid}/stat`, 'utf8').split(') ')[1].split(' ').slice(11, 13).reduce((a, b) => a + Number(b), 0)

await cases.test('a page comes in by steps, then stands', async () => {
  await stage.openKiosk(['--no-sync'])
  await stage.onScreen('attract')
  await pause(300)
  const before = (await film(1))[0]
  const seen = new Set()
  const watch = setInterval(() => seen.add(stage.glimpse()), 8)
  await stage.tap('attract.start')
  await pause(600)
  clearInterval(watch)
  const last = (await film(1))[0]
  check(last !== before, 'another page')
  check([...seen].some(p => p !== before && p !== last), `pictures in between: ${seen.size}`)
  same((await film(300)).every(p => p === last), true, 'it stands')
})

await cases.test('a touch while a page turns is not lost', async () => {
  await stage.openKiosk(['--no-sync'])
  await stage.onScreen('attract')
  await guestHome(stage)
  await stage.tap('home.continue')
  await stage.onScreen('lesson')
  await pause(400)
  const { x, y, w, h } = stage.node('lesson.next')
  run('xdotool', ['mousemove', `${x + (w >> 1)}`, `${y + (h >> 1)}`, 'click', '1', 'sleep', '0.4', 'click', '1'], { env: stage.env })
  await stage.see(() => /3/.test(stage.node('lesson.page')?.text ?? ''), 'the third card')
})

await cases.test('what a learner chose for the pages comes back with the card', async () => {
  await stage.openKiosk(['--no-sync'])
  const code = addCard(stage)
  await cardHome(stage, code)
  await stage.tap('bar.text')
  await stage.tap('text.3')
  await stage.tap('text.contrast')
  await stage.tap('text.still')
  await cases.picture('look')
  await stage.tap('text.close')
  await leave(stage)
  await guestHome(stage)
  await stage.tap('bar.text')
  same(['text.1', 'text.contrast', 'text.still'].map(id => stage.node(id).state.includes('selected')), [true, false, false], 'a guest after them')
  await stage.tap('text.close')
  await leave(stage)
  await stage.closeKiosk('SIGKILL')
  await stage.openKiosk(['--no-sync'])
  await cardHome(stage, code)
  await cases.picture('look-home')
  await stage.tap('bar.text')
  same(['text.3', 'text.contrast', 'text.still'].map(id => stage.node(id).state.includes('selected')), [true, true, true], 'they again')
  await stage.tap('text.close')
  await pause(500)
  await stage.tap('home.continue') // the touch is seen, and then the page
  same(new Set(await film(400)).size, 1, 'pictures of a page that stands at once')
})

await cases.test('the start button breathes and then rests', async () => {
  await stage.openKiosk(['--no-sync'])
  await stage.onScreen('attract')
  await pause(500)
  const still = new Set(await film(500))
  same(still.size, 1, 'pictures before half a minute')
  await pause(29500)
  check(new Set(await film(2000)).size > 2, 'it breathes')
  await pause(7000)
  const ticks = cpu()
  same(new Set(await film(1500)).size, 1, 'pictures afterwards')
  check(cpu() - ticks <= 1, 'no time is spent at rest')
})

await cases.end()
