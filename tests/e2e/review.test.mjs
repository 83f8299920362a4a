// What is learnt is asked again at a later visit, mixed and short, and counts nowhere;
// somebody new may be asked where to begin, once, and nothing is closed or counted by it.
// The machine has no clock that is trusted here, so visits count (PROTOCOL §2); days are
// in tests/unit/test_review.c and test_recall.c.
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { addCard, answer, cardHome, count, guestHome, learn, leave, smallPack } from './small.mjs'
import { Cases, check, same } from './cases.mjs'
import { Stage } from './stage.mjs'

const WORD = '# Từ: QR\n\n![Hình tròn số 1](hinh-mot.svg)\n\nLà ô vuông đen trắng. Đưa máy soi vào để đọc.\n\n> Đọc là: quy-a\n\n# Trang 2'

const stage = new Stage('800x480')
const cases = new Cases(stage)
const edit = (path, change) => writeFileSync(path, change(readFileSync(path, 'utf8')))
const lesson = (source, at) => join(source, at, 'lesson.md')
const ask = (source, module) => edit(join(source, module, 'module.yaml'), s => s.replace(/^picture:/m, 'question: Tự làm việc này được chưa?\npicture:'))
const teach = source => edit(lesson(source, 'm01-mot/b01-mot'), s => s.replace('# Trang 2', WORD))

const plain = smallPack(join(stage.dir, 'packs'), { change: teach })
const asking = smallPack(join(stage.dir, 'asking'), { change: source => { teach(source); ask(source, 'm01-mot'); ask(source, 'm02-hai') } })
// The next edition: one question has gone, another stands in its place.
const newer = smallPack(join(stage.dir, 'packs'), { version: 2, keys: plain.pub.replace(/\.pub$/, ''), change: source => { teach(source); edit(lesson(source, 'm01-mot/b01-mot'), s => s.replace('::m01-b01-q2::', '::m01-b01-q9::')) } })

async function fresh(pack) {
  stage.pack = pack.pack
  stage.packKey = pack.pub
  rmSync(stage.data, { recursive: true, force: true })
  await stage.openKiosk(['--no-sync'])
}

const signIn = code => cardHome(stage, code)

async function typeCode(code) {
  await stage.tap('attract.start')
  await stage.onScreen('signin')
  await stage.tap('who.code')
  await stage.onScreen('code')
  for (const digit of code) stage.key(digit)
}

const totals = () => stage.ctl('totals', '--json')
const rebuilt = () => check(!/differ|broken/.test(stage.ctl('rebuild', '--verify')), 'the projections agree with the events')

async function learnFirst(n = 1) {
  for (let i = 0; i < n; i++) {
    await stage.tap(i ? 'res.next' : 'home.continue')
    await learn(stage)
  }
  await stage.see(() => stage.acks.length === n, 'the word that it is durable')
}

// The questions of a review, to the page after them: how many there were.
async function answerAll({ missFirst = false } = {}) {
  let n = 0
  for (; stage.screen === 'quiz'; n++) {
    if (!n && missFirst) {
      await answer(stage, false)
      await stage.tap('fb.retry')
    }
    await answer(stage)
    await stage.tap('fb.next')
  }
  return n
}

await stage.openDisplay()

await cases.test('what was learnt is asked again at the next visit, and counts nowhere', async () => {
  await fresh(plain)
  const code = addCard(stage)
  await signIn(code)
  check(!stage.node('home.review'), 'there is nothing to ask again yet')
  await learnFirst()
  await leave(stage)
  const before = totals()
  await signIn(code)
  await stage.tap('home.review')
  await stage.onScreen('review')
  same(stage.nodes('rev#').map(n => n.text), ['Bài một'], 'the lessons it is about')
  same([stage.node('rev.n#1').text, stage.node('rev.word').text, stage.node('rev.words').text], ['Còn 3 câu cần học lại', 'Từ mới: QR', '1 thẻ từ'], 'what waits')
  await stage.tap('rev.new')
  await stage.onScreen('lesson')
  await stage.tap('bar.back')
  await stage.tap('bar.back')
  await stage.onScreen('home')
  await stage.tap('home.review')
  await stage.tap('rev.go')
  same(await answerAll({ missFirst: true }), 3, 'questions')
  await stage.onScreen('review')
  same([stage.node('word.w').text, stage.node('word.say').text], ['QR', 'đọc là: quy-a'], 'the word card')
  await stage.tap('lesson.next')
  await stage.see(() => stage.node('rev.good'), 'the praise')
  check(!stage.page.nodes.some(n => /\d|%/.test(n.text)), 'the praise is without numbers')
  await stage.tap('bar.home')
  await stage.onScreen('home')
  check(!stage.node('home.review'), 'it is not offered again in the same visit')
  await leave(stage)
  const after = totals()
  for (const stat of ['completions', 'passes', 'item_shown', 'item_first_right'])
    same(count(after, stat), count(before, stat), stat)
  same(count(after, 'starts'), count(before, 'starts') + 1, 'starts: the new lesson that was looked into')
  rebuilt()
})

await cases.test('a miss comes back at the next visit, what was right does not', async () => {
  await fresh(plain)
  const code = addCard(stage)
  await signIn(code)
  await learnFirst(2)
  await leave(stage)
  await signIn(code)
  await stage.tap('home.review')
  same(stage.nodes('rev#').map(n => n.text), ['Bài một', 'Bài hai'], 'the lessons it is about')
  await stage.tap('rev.go')
  same(await answerAll(), 5, 'questions of two lessons, five at most')
  await leave(stage)
  await signIn(code)
  check(!stage.node('home.review'), 'the one that is left waits for others')
  rebuilt()
})

await cases.test('a pulled plug in a review: what was answered is kept, the rest waits', async () => {
  await fresh(plain)
  const code = addCard(stage)
  await signIn(code)
  await learnFirst(2)
  await leave(stage)
  await signIn(code)
  await stage.tap('home.review')
  await stage.tap('rev.go')
  await answer(stage)
  await stage.tap('fb.next')
  await stage.onScreen('quiz')
  await stage.closeKiosk('SIGKILL')
  await stage.openKiosk(['--no-sync'])
  await signIn(code)
  check(/đã học xong 2 bài/.test(stage.node('home.praise').text), 'the lessons stand as before')
  await stage.tap('home.review')
  await stage.tap('rev.go')
  same(await answerAll(), 5, 'the other five')
  rebuilt()
})

await cases.test('what the next pack no longer has is passed over', async () => {
  await fresh(plain)
  const code = addCard(stage)
  await signIn(code)
  await learnFirst(2)
  await leave(stage)
  await stage.closeKiosk()
  stage.pack = newer.pack
  await stage.openKiosk(['--no-sync'])
  await signIn(code)
  await stage.tap('home.review')
  same([stage.node('rev.n#1').text, stage.node('rev.n#2').text], ['Còn 2 câu cần học lại', 'Còn 3 câu cần học lại'], 'without the lost one')
  await stage.tap('rev.go')
  same(await answerAll(), 5, 'questions')
})

await cases.test('guests have no review and are not asked where to begin', async () => {
  await fresh(asking)
  await guestHome(stage)
  await learnFirst()
  await leave(stage)
  await guestHome(stage)
  check(!stage.node('home.review') && !stage.node('home.path'), 'neither review nor paths')
})

await cases.test('where to begin: offered once, put off with a button as large', async () => {
  await fresh(asking)
  const code = addCard(stage)
  await typeCode(code)
  await stage.onScreen('home')
  await stage.tap('home.path')
  await stage.onScreen('placement')
  const [later, now] = ['place.later', 'place.ask'].map(id => stage.node(id))
  same([later.w, later.h], [now.w, now.h], 'both buttons are of one size')
  await stage.tap('place.later')
  await stage.onScreen('home')
  await leave(stage)
  await signIn(code)
  await stage.tap('home.path')
  await stage.onScreen('placement')
  same(stage.nodes('path.n#').map(n => n.text), ['3 bài'], 'the path of this pack')
  await stage.tap('place.later')
  await stage.onScreen('home')
  await stage.tap('home.path')
  await stage.tap('path.short')
  await stage.onScreen('home')
  await stage.tap('home.continue')
  await stage.onScreen('lesson')
  same(stage.node('lesson.name').text, 'Bài một', 'a path that was chosen by its picture begins at its start')
  rebuilt()
})

await cases.test('where to begin: the answers propose, nothing is counted or closed', async () => {
  await fresh(asking)
  const code = addCard(stage)
  const before = totals()
  await typeCode(code)
  await stage.onScreen('home')
  await stage.tap('home.path')
  await stage.onScreen('placement')
  await stage.tap('place.ask')
  await stage.tap('place.yes')
  await stage.tap('place.no')
  check(stage.node('path.mine'), 'one path is proposed')
  check(!stage.page.nodes.some(n => /%|điểm|trên/.test(n.text)), 'no score')
  await stage.tap('path.short')
  await stage.onScreen('home')
  same(count(totals(), 'starts') + count(totals(), 'completions'), 0, 'starts and completions')
  same(totals(), before, 'all totals')
  await stage.tap('mod#1')
  same(stage.nodes('les#').map(n => n.state.includes('disabled')), [false, false], 'every lesson is open')
  await stage.tap('bar.back')
  await stage.tap('home.continue')
  await stage.onScreen('lesson')
  same(stage.node('lesson.name').text, 'Bài ba', 'it begins where the first no was said')
  await leave(stage)
  await stage.closeKiosk('SIGKILL')
  await stage.openKiosk(['--no-sync'])
  await signIn(code)
  await stage.tap('home.path')
  check(stage.node('path.now'), 'the choice is kept')
  rebuilt()
})

await cases.end()
