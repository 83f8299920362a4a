// Pages are read aloud: by themselves after a look, all of it with "Nghe", one clip at a time;
// a touch ends it. The loudspeaker is SDL's dummy, which takes as long as a real one.
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { Cases, check, same } from './cases.mjs'
import { ScriptStage } from './script.mjs'
import { guestHome, leave, throughCards } from './small.mjs'
import { HANH, MINH, StaffStage } from './staff.mjs'
import { bin, share } from './stage.mjs'

const stage = new StaffStage('1280x800')
const cases = new Cases(stage)
const speaks = () => stage.lines.filter(l => l.speak)
const playing = () => stage.page.nodes.filter(n => n.state.includes('playing')).map(n => n.id)
// Children of the kiosk that run.
const helpers = () => readdirSync('/proc').filter(p => {
  try { return /^\d+$/.test(p) && readFileSync(`/proc/${p}/stat`, 'utf8').split(') ')[1].split(' ')[1] === `${stage.kiosk.pid}` } catch { return false }
})
// How often its threads were woken.
const switches = () => readdirSync(`/proc/${stage.kiosk.pid}/task`).reduce((n, task) =>
  n + Number(readFileSync(`/proc/${stage.kiosk.pid}/task/${task}/status`, 'utf8').match(/^voluntary_ctxt_switches:\s+(\d+)/m)[1]), 0)
// The kiosk beside a helper that does what `script` says.
function spoiledKiosk(script) {
  const folder = mkdtempSync(join(tmpdir(), 'bdhvs-spoiled-'))
  mkdirSync(join(folder, 'bin'))
  symlinkSync(dirname(share), join(folder, 'share')) // fonts
  copyFileSync(bin('bdhvs-kiosk'), join(folder, 'bin', 'bdhvs-kiosk'))
  writeFileSync(join(folder, 'bin', 'bdhvs-voice'), `#!/bin/sh\n${script}\n`, { mode: 0o755 })
  return folder
}
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

stage.env.SDL_AUDIODRIVER = 'dummy'

await cases.test('a sentence with a value in it is spoken as a draft, its words are marked', async () => {
  await stage.openKiosk(['--no-sync'])
  await guestHome(stage)
  await stage.tap('home.continue')
  await throughCards(stage)
  await stage.onScreen('quiz')
  const shown = stage.page.t_ms, lit = () => stage.page.nodes.find(n => n.id === 'quiz.n')?.state.includes('playing')
  await stage.see(() => lit(), 'the mark on “Câu 1 trên …”')
  const line = speaks().find(l => l.node === 'quiz.n')
  check(/^Câu 1 trên \d+$/.test(line.speak), line.speak)
  same([line.lang, line.clip], ['vi', 'draft'], 'how it is spoken')
  console.log(`       spoken ${Math.round(line.t_ms - shown)} ms after its page, 800 of them on purpose`)
  await stage.see(() => speaks().some(l => l.node === 'quiz.question'), 'the question after it')
  await stage.see(() => !helpers().length, 'the end of the helper')
  await stage.see(() => speaks().some(l => l.node === stage.nodes('quiz.choice#').at(-1).id) && !playing().length, 'the end of the page')
  await rest(2000) // the loudspeaker is closed
  const before = switches()
  await rest(3000)
  same(switches() - before, 0, 'wakeups once all was read')
})

// Its clock stands while a helper runs, so what is ready would be chance.
await cases.test('a replay starts no helper: the same sentence is silent', async () => {
  const script = new ScriptStage('1280x800')
  await script.openKiosk(['--no-sync'])
  await guestHome(script)
  await script.tap('home.continue')
  await throughCards(script)
  await script.see(() => script.lines.some(l => l.speak && l.node === 'quiz.question'), 'the question')
  same(script.lines.filter(l => l.speak && l.node === 'quiz.n').map(l => l.clip), ['none'], 'how it is spoken')
  await script.close()
})

await cases.test('no helper, or one that hangs: its sentences are silent, the others are read', async () => {
  for (const script of ['exit 3', 'exec sleep 600']) {
    const folder = spoiledKiosk(script)
    await stage.openKiosk(['--no-sync'], join(folder, 'bin', 'bdhvs-kiosk'))
    await guestHome(stage)
    await stage.tap('home.continue')
    await stage.onScreen('quiz') // where the guest of the test before was
    await stage.see(() => speaks().some(l => l.node === 'quiz.question' && l.clip === 'draft'), 'the question')
    same(speaks().filter(l => l.node === 'quiz.n').map(l => l.clip), ['none'], script)
    await stage.closeKiosk()
    rmSync(folder, { recursive: true })
  }
})

await cases.test('staff read once that the helper is at fault', async () => {
  const folder = spoiledKiosk('exit 3')
  stage.data = join(stage.dir, 'staffed')
  stage.provision()
  await stage.openKiosk(['--no-sync'], join(folder, 'bin', 'bdhvs-kiosk'))
  await stage.unlock()
  await guestHome(stage)
  await stage.tap('home.continue')
  await throughCards(stage)
  await stage.see(() => speaks().some(l => l.node === 'quiz.n' && l.clip === 'none'), 'a silent sentence')
  await leave(stage)
  await stage.signIn(MINH)
  for (const [door, screen] of [['nav.cai', 'admin_settings'], ['se.health', 'admin_health']]) {
    await stage.tap(door)
    await stage.onScreen(screen)
  }
  same(stage.page.nodes.filter(n => /bdhvs-voice/.test(n.value)).map(n => n.text), ['Giọng đọc: câu có số chưa đọc được'], 'what staff read')
  same(stage.kiosk.complaints.match(/bdhvs-voice failed/g)?.length, 1, 'lines in the log')
  rmSync(folder, { recursive: true })
})

await cases.test('the consent is read aloud to whoever is asked, and a touch ends it', async () => {
  rmSync(stage.data, { recursive: true, force: true })
  stage.provision()
  await stage.openKiosk(['--no-sync'])
  await stage.unlock()
  await stage.signIn(HANH)
  await stage.see(() => stage.node('nav.ghi'), 'the pages of volunteers')
  await stage.tap('nav.ghi')
  await stage.type('ddinh thij hoa')
  await stage.tap('reg.next')
  for (const id of ['code.6', 'code.1', 'reg.female', 'reg.next', 'reg.next']) await stage.tap(id)
  await stage.onScreen('register_consent')
  const before = speaks().length
  await stage.tap('reg.listen')
  await stage.see(() => speaks().length >= before + 4, 'four lines')
  const heard = speaks().slice(before)
  same(heard.map(l => l.node), ['reg.c.1', 'reg.c.2', 'reg.c.3', 'reg.c.4'], 'what was read')
  same(heard.filter(l => l.clip === 'none'), [], 'lines without a voice')
  check(!heard.some(l => /Hoa/.test(l.text)), 'no name is spoken')
  await cases.picture('voice-consent')
  await stage.tap('reg.listen')
  await rest(1500)
  const n = speaks().length
  await rest(2500)
  same(speaks().length, n, 'silent after the touch')
  await stage.tap('reg.c.no')
})

await cases.end()
