// Pages are read aloud: by themselves after a look, all of it with "Nghe", one clip at a time;
// a touch ends it. The loudspeaker is SDL's dummy, which takes as long as a real one.
import { Cases, check, same } from './cases.mjs'
import { guestHome } from './small.mjs'
import { Stage } from './stage.mjs'

const stage = new Stage('1280x800')
const cases = new Cases(stage)
const speaks = () => stage.lines.filter(l => l.speak)
const playing = () => stage.page.nodes.filter(n => n.state.includes('playing')).map(n => n.id)
const rest = ms => new Promise(resolve => setTimeout(resolve, ms))

await stage.openDisplay()
stage.env.SDL_AUDIODRIVER = 'dummy'
stage.sound = true

await cases.test('a page is read by itself, in order, and its sentence is marked', async () => {
  await stage.openKiosk(['--no-sync'])
  await stage.onScreen('attract')
  check(!speaks().length, 'the waiting page is silent')
  await stage.tap('attract.start')
  await stage.onScreen('signin')
  await stage.see(() => speaks().length >= 2, 'two sentences')
  same(speaks().slice(0, 2).map(l => [l.node, l.lang, l.clip]), [['who.title', 'vi', 'draft'], ['who.card.sub', 'vi', 'draft']], 'what was read')
  await stage.see(() => playing().some(id => /^who.*sub$/.test(id)), 'the mark on what is read')
})

await cases.test('a touch ends the voice at once, the next page is read anew', async () => {
  await stage.openKiosk(['--no-sync'])
  await guestHome(stage)
  await stage.see(() => speaks().some(l => l.node === 'home.title' || l.node === 'home.hello'), 'the lessons are greeted')
  await stage.tap('home.continue')
  await stage.onScreen('lesson')
  const n = speaks().length
  await stage.see(() => speaks().length > n, 'the first card')
  await cases.picture('voice-lesson')
  const card = speaks().length
  await stage.tap('lesson.next')
  await rest(400)
  same(speaks().length, card, 'sentences within 0.4 s of a touch')
  await stage.see(() => speaks().length > card, 'the second card')
})

await cases.test('“Nghe” reads all, also what can be touched; “Dừng” ends it', async () => {
  await stage.openKiosk(['--no-sync'])
  await stage.tap('attract.start')
  await stage.onScreen('signin')
  await stage.see(() => speaks().length >= 1, 'the title')
  await stage.tap('bar.listen')
  await rest(600)
  same(playing().filter(id => id !== 'bar.listen'), [], 'the touch was to stop')
  const n = speaks().length
  await rest(1200)
  same(speaks().length, n, 'silence after “Dừng”')
  await stage.tap('bar.listen')
  await stage.see(() => speaks().slice(n).some(l => l.node === 'who.code'), 'a button is read, too')
  check(stage.node('bar.listen').text === 'Dừng', 'the tool says “Dừng”')
  await stage.see(() => speaks().slice(n).some(l => l.node === 'who.guest'), 'the other one')
})

await cases.test('keyboard: F1 listens', async () => {
  await stage.openKiosk(['--no-sync'])
  await stage.tap('attract.start')
  await stage.onScreen('signin')
  stage.key('F1')
  await stage.see(() => speaks().some(l => l.node === 'who.code'), 'a button is read')
})

await cases.test('a word card says the word, how it is said and what it is; its button says the word again', async () => {
  await stage.openKiosk(['--no-sync', '--launch', 'm09-b03'])
  await stage.onScreen('lesson')
  for (let i = 0; i < 2; i++) await stage.tap('lesson.next')
  await stage.see(() => speaks().some(l => l.node === 'word.is'), 'the whole card')
  check(speaks().filter(l => /^word/.test(l.node)).every(l => l.clip === 'draft'), 'every text of it has a clip')
  const n = speaks().length
  await stage.tap('word.hear')
  await stage.see(() => speaks().length >= n + 2, 'the word again')
  same(speaks().slice(n, n + 2).map(l => [l.node, l.speak, l.clip]), [['word.w', 'OTP', 'draft'], ['word.say', 'đọc là: ô-tê-pê', 'draft']], 'what was said')
})

await cases.test('no loudspeaker: silent, and everything works', async () => {
  stage.env.SDL_AUDIODRIVER = 'none-such'
  await stage.openKiosk(['--no-sync'])
  await guestHome(stage)
  await stage.tap('home.continue')
  await stage.onScreen('lesson')
  await rest(1500)
  same(speaks().length, 0, 'sentences')
  stage.key('F1')
  await stage.tap('lesson.next')
  check(/no loudspeaker/.test(stage.kiosk.complaints), 'the log says why')
})

await cases.end()
