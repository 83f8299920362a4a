// Hrê gets its voice: an editor records a sentence at the kiosk, learners hear it at once, all
// else is read in Vietnamese and says so; it survives a restart, a spoilt clip does not spoil
// the lesson, and the stick takes it to those who build the next pack. The microphone is a file.
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Cases, check, same } from './cases.mjs'
import { wav } from './microphone.mjs'
import { MINH, StaffStage } from './staff.mjs'
import { bin, root, run } from './stage.mjs'

const LESSON = 'Giữ kín mã 6 số' // m09-b03
const SPEAKER = 'Chị Mỹ'

const stage = new StaffStage('1280x800')
const cases = new Cases(stage)
const stick = join(stage.dir, 'usb', 'KINGSTON')
const spoken = join(stage.dir, 'spoken.wav')
const overlay = join(stage.data, 'voice')
const options = ['--no-sync', '--usb', join(stick, '..'), '--microphone', spoken]
const speaks = () => stage.lines.filter(l => l.speak)
const rest = ms => new Promise(resolve => setTimeout(resolve, ms))
const rows = path => readFileSync(path, 'utf8').trim().split('\n').slice(1)
const clip = () => readFileSync(join(overlay, 'hre', readdirSync(join(overlay, 'hre'))[0]))

mkdirSync(stick, { recursive: true })
await stage.openDisplay()
stage.env.SDL_AUDIODRIVER = 'dummy'
stage.sound = true
stage.provision()

async function editor() {
  await stage.openKiosk(options)
  await stage.unlock()
  await stage.signIn(MINH)
  await stage.onScreen('admin_stats')
  await stage.tap('nav.goi')
  await stage.onScreen('admin_packs')
  await stage.tap('vo.door')
  await stage.onScreen('record')
}

async function type(id, words) {
  await stage.tap(id)
  await stage.see(() => stage.node('text.field'), 'the keyboard')
  await stage.type(words)
  await stage.tap('list.next')
}

async function speaker() {
  await type('vo.alias', 'Chij Myx')
  await type('vo.place', 'Sown Haf')
  await stage.tap('vo.agree')
  await cases.picture('record-who')
  await stage.tap('vo.go')
  if (stage.node('sy.t.ok')) await stage.tap('sy.t.ok')
}

async function lesson() {
  for (;;) {
    const row = stage.nodes('vo.lesson#').find(n => n.text === LESSON)
    if (row) return stage.tap(row.id)
    await stage.tap('page.down')
  }
}

// Says it for a while, and waits for the clip.
async function say(button = 'vo.start') {
  await stage.tap(button)
  await stage.see(() => stage.nodes('vo.now').length, 'how loud it is')
  await rest(2200)
  await stage.tap('vo.stop')
  await stage.see(() => stage.node('vo.keep'), 'the clip')
}

async function leave() {
  await stage.tap('nav.exit')
  await stage.onScreen('attract')
}

await cases.test('a sentence is recorded, heard and kept', async () => {
  writeFileSync(spoken, wav({ hz: 190, from: 0.5, to: 1.7 }))
  await editor()
  check(stage.node('vo.go').state.includes('disabled'), 'nobody agreed yet')
  await speaker()
  await lesson()
  same(stage.node('vo.count').text.split(' ')[0], '0', 'recorded')
  same(stage.node('vo.text').text, LESSON, 'what is to be said')
  await cases.picture('record-ready')
  await say()
  same(stage.node('vo.level')?.text, 'Đủ to, ít ồn', 'how loud it was')
  check(/^1,\d giây · người đọc: Chị Mỹ, đã đồng ý$/.test(stage.node('vo.line').text), `the quiet around it is cut off: ${stage.node('vo.line').text}`)
  await cases.picture('record-taken')
  await stage.tap('vo.play')
  check(!existsSync(overlay), 'nothing is on the disk yet')
  await stage.tap('vo.keep')
  await stage.see(() => stage.node('vo.count').text.startsWith('1 '), 'it counts')
  same(rows(join(overlay, 'manifest.csv')).length, 1, 'rows')
  const [row] = rows(join(overlay, 'manifest.csv'))
  check(new RegExp(`^[0-9a-f]{16},${LESSON},${SPEAKER},\\d{4}-\\d\\d-\\d\\d,Sơn Hà,.*đồng ý.*,recorded,hre$`).test(row), row)
  check(!stage.kiosk.complaints.includes('Mỹ'), 'no name in the log')
  await cases.picture('record-kept')
})

await cases.test('it is heard at once by who starts in Hrê; what is missing is Vietnamese, and says so', async () => {
  await stage.openKiosk(options)
  await stage.tap('attract.hre')
  await stage.onScreen('signin')
  await stage.see(() => speaks().length, 'the page is read')
  same([speaks()[0].lang, speaks()[0].clip], ['vi', 'draft'], 'without a recording')
  await stage.see(() => stage.node('bar.lang.vi'), 'that it is Vietnamese')
  await cases.picture('record-fallback')
  await stage.tap('who.guest')
  await stage.onScreen('home')
  await stage.closeKiosk()

  await stage.openKiosk([...options, '--launch', 'm09-b03'])
  await stage.onScreen('lesson')
  await stage.tap('bar.listen')
  if (!stage.node('bar.lang')) await stage.tap('bar.listen')
  await cases.picture('record-change')
  await stage.tap('bar.lang')
  await stage.onScreen('language')
  const before = speaks().length
  await stage.tap('lang.hre')
  await stage.see(() => speaks().slice(before).some(l => l.node === 'lang.hre'), 'a sample')
  check(stage.node('lang.hre').state.includes('selected'), 'chosen')
  await cases.picture('language')
  await stage.tap('lang.go')
  await stage.onScreen('lesson')
})

await cases.test('who begins first on such a machine is shown once that there is another language', async () => {
  const shown = async () => {
    await stage.openKiosk(options)
    await stage.tap('attract.start')
    await stage.see(() => stage.screen !== 'attract', 'a page')
    const { screen } = stage
    await stage.closeKiosk()
    return screen
  }
  same(await shown(), 'language', 'the first page')
  same(await shown(), 'signin', 'the next time')
})

await cases.test('the recorded sentence is spoken in Hrê', async () => {
  await stage.openKiosk(options)
  await stage.tap('attract.hre')
  await stage.tap('who.guest')
  await stage.onScreen('home')
  const module = stage.nodes('mod#').find(n => /lừa/.test(n.text))
  await stage.tap(module.id)
  await stage.onScreen('module')
  const n = speaks().length
  await stage.tap('bar.listen')
  await rest(300)
  await stage.tap('bar.listen')
  await stage.see(() => speaks().slice(n).some(l => l.lang === 'vi'), 'a Vietnamese sentence')
  await stage.see(() => stage.nodes('les#').length, 'the lessons')
  await stage.tap(stage.nodes('les#').find(l => l.text === LESSON).id)
  await stage.onScreen('lesson')
  await stage.see(() => speaks().some(l => l.speak === LESSON && l.lang === 'hre' && /^[0-9a-f]{16}$/.test(l.clip)), 'the recorded sentence').catch(e => { throw new Error(`${e.message}: ${JSON.stringify(speaks())}`) })
})

await cases.test('recording anew replaces it; nobody speaking is said; who asks gets it taken away', async () => {
  await editor()
  await speaker()
  await lesson()
  check(stage.node('vo.line').text.includes(SPEAKER), 'who it was')
  const old = clip()
  writeFileSync(spoken, wav({ hz: 240, from: 0.4, to: 1.2 }))
  await say('vo.again')
  await stage.tap('vo.again')
  await rest(1500)
  await stage.tap('vo.stop')
  await stage.see(() => stage.node('vo.keep'), 'the clip')
  await stage.tap('vo.keep')
  await stage.see(() => stage.node('vo.start'), 'the next sentence')
  check(!clip().equals(old), 'another clip')
  same(rows(join(overlay, 'manifest.csv')).length, 1, 'rows')
  writeFileSync(spoken, wav({ hz: 240, from: 0, to: 0 }))
  await stage.tap('vo.start')
  await rest(600)
  await stage.tap('vo.stop')
  await stage.see(() => stage.page.nodes.some(n => n.text?.startsWith('Chưa nghe thấy tiếng nói')), 'that nobody spoke')
  writeFileSync(spoken, wav({ hz: 210, from: 0.4, to: 1.6 }))
  await say()
  await stage.tap('vo.keep')
  await stage.see(() => stage.node('vo.count').text.startsWith('2 '), 'two of them')
  await stage.tap('vo.line#2')
  await stage.tap('vo.drop')
  await stage.tap('vo.drop.ask.yes')
  await stage.see(() => stage.node('vo.count').text.startsWith('1 '), 'one of them')
  same(readdirSync(join(overlay, 'hre')).length, 1, 'files')
})

await cases.test('the stick takes it to the next pack: lint and build accept it', async () => {
  await editor()
  await speaker()
  await stage.tap('vo.usb')
  await stage.see(() => /Đã chép 1 câu/.test(stage.node('desk.say')?.text ?? ''), 'copied')
  await cases.picture('record-lessons')
  await leave()
  const content = join(stage.dir, 'content')
  cpSync(join(root, 'content'), content, { recursive: true })
  const from = join(stick, 'BDHVS', 'voice')
  cpSync(join(from, 'hre'), join(content, 'voice', 'hre'), { recursive: true })
  cpSync(join(from, 'manifest.csv'), join(content, 'voice', 'manifest.csv'))
  run(bin('bdhvs-pack'), ['lint', content])
  const drafts = ['--drafts', join(root, 'build', 'voice')]
  check(/^hre\ttotal \d+\trecorded 1\t/m.test(run(bin('bdhvs-pack'), ['voice', content, ...drafts], { maxBuffer: 1 << 24 })), 'one recorded in Hrê')
  check(rows(join(content, 'voice', 'manifest.csv')).some(r => r.endsWith(',recorded,hre')), 'its row stays')
  run(bin('bdhvs-pack'), ['lint', content])
  run(bin('bdhvs-pack'), ['build', content, join(stage.dir, 'pack'), ...drafts])
})

await cases.test('a spoilt clip: the lesson goes on in Vietnamese, and the page of health says it', async () => {
  const [file] = readdirSync(join(overlay, 'hre'))
  const bytes = clip()
  bytes[bytes.length >> 1] ^= 0x40
  writeFileSync(join(overlay, 'hre', file), bytes)
  await stage.openKiosk(options)
  await stage.tap('attract.hre')
  await stage.tap('who.guest')
  await stage.onScreen('home')
  await stage.tap(stage.nodes('mod#').find(n => /lừa/.test(n.text)).id)
  await stage.onScreen('module')
  await stage.tap(stage.nodes('les#').find(l => l.text === LESSON).id)
  await stage.onScreen('lesson')
  await stage.see(() => speaks().some(l => l.speak === LESSON && l.lang === 'vi'), 'the same sentence in Vietnamese')
  await stage.closeKiosk()
  await stage.openKiosk(options)
  await stage.unlock()
  await stage.signIn(MINH)
  await stage.tap('nav.cai')
  await stage.tap('se.health')
  await stage.onScreen('admin_health')
  await stage.see(() => stage.page.nodes.some(n => `${n.text} ${n.value}`.includes('1 tiếng đã thu bị hỏng')), 'the spoilt recording')
  await cases.picture('record-health')
})

await cases.end()
