// A contest of three teams before the real window at four sizes: set up, gone through with the
// power going in the middle (the rest of it without a window, as fast as a script taps), told, kept
// and printed; nothing of it among the totals. The pages
// beside the kept pictures. (Ties need equal seconds: tests/replay/contest.*.replay.)
//   node tests/e2e/contest.test.mjs [--accept] [WxH…]
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { check, same } from './cases.mjs'
import { Golden } from './golden.mjs'
import { answerQuestion, says } from './question.mjs'
import { HANH, StaffScript, StaffStage } from './staff.mjs'
import { answers, root } from './stage.mjs'

const PART = 'm09-lua-dao'
const TEAMS = ['Đội thôn Nước Giáp', 'Đội thôn Đồng Răm', 'tổ số']
const QUESTIONS = 5
const RIGHT = [5, 3, 1] // of each team, the first ones

const golden = new Golden({}, /^$/, node => /^ct\.(left$|row#)/.test(node.id))
const items = readdirSync(join(root, 'content', PART)).filter(f => f.startsWith('b'))
  .flatMap(f => Object.values(answers(`${PART.slice(0, 3)}-${f.slice(0, 3)}`)))

const shown = stage => items.find(item => says(item.stem, stage.node('quiz.question').text))

const partOf = stage => stage.nodes('ct.parts#').find(n => n.text === 'Nhận ra kẻ lừa đảo')

async function setUp(stage) {
  await stage.tap('ct.title')
  await stage.onScreen('contest_setup')
  await golden.page(stage, 'contest')
  await stage.tap('ct.new')
  await golden.page(stage, 'contest-name')
  await stage.tap('ct.name#2')
  await stage.see(() => stage.nodes('ct.parts#').length, 'the parts')
  while (!partOf(stage)) await stage.tap('page.down')
  await stage.tap(partOf(stage).id)
  await golden.page(stage, 'contest-parts')
  await stage.tap('list.next')
  for (const id of ['ct.teams#1', 'ct.teams#3']) await stage.tap(id)
  await stage.tap('ct.own')
  await stage.see(() => stage.node('text.field'), 'the keyboard')
  await stage.type('toor soos')
  await golden.page(stage, 'contest-own')
  await stage.tap('list.save')
  await golden.page(stage, 'contest-teams')
  await stage.tap('list.next')
  await stage.tap('ct.time#4')
  await golden.page(stage, 'contest-time')
  await stage.tap('ct.begin')
  await stage.onScreen('contest_round')
}

// One answer; what it looks like is kept at the first one of each page.
async function turn(stage, question, pictures) {
  const team = TEAMS.indexOf(stage.node('ct.team').text)
  check(team >= 0, `a team: ${stage.node('ct.team').text}`)
  if (pictures) await golden.page(stage, 'contest-turn')
  await stage.tap('ct.ready')
  await stage.see(() => stage.node('quiz.question') ?? stage.node('quiz.tf'), 'the question')
  if (pictures) await golden.page(stage, 'contest-question')
  const item = shown(stage)
  check(item, `the lesson of “${stage.node('quiz.question').text}”`)
  await answerQuestion(stage, item, question < RIGHT[team])
  await stage.see(() => stage.node('ct.ready') ?? stage.node('ct.next'), 'the next team, or the answer')
  return team
}

// Back to it after a start: names are locked, the contest stands where it stood.
async function again(stage, to) {
  await stage.unlock()
  await stage.signIn(HANH)
  await stage.onScreen('class_open')
  await stage.tap('ct.title')
  await stage.see(() => stage.node(to), `${to} of the contest`)
}

// After a power cut the next team's turn, to the end.
async function finish(stage, options) {
  const script = new StaffScript(stage.size)
  script.data = stage.data
  try {
    await script.openKiosk(options)
    await again(script, 'ct.open')
    await script.tap('ct.go.on')
    await script.onScreen('contest_round')
    for (let question = 1; question < QUESTIONS; question++) {
      const turns = []
      for (let i = question === 1; i < TEAMS.length; i++) turns.push(await turn(script, question, false))
      const order = TEAMS.map((_, i) => (question + i) % TEAMS.length).slice(question === 1)
      same(turns, order, 'the order of the teams')
      await script.tap('ct.next')
    }
    await script.onScreen('contest_result')
  } finally {
    await script.close()
  }
}

function onPaper(folder) {
  const file = readdirSync(folder).find(f => f.startsWith('hoi-thi-'))
  const text = execFileSync('pdftotext', ['-layout', join(folder, file), '-'], { encoding: 'utf8' }).normalize('NFC').replace(/\s+/g, ' ')
  for (const words of ['Kết quả hội thi', 'Hội thi an toàn trên mạng', '1 Đội thôn Nước Giáp 5', '2 Đội thôn Đồng Răm 3', '3 tổ số 1',
    'Hội thi không tính vào kết quả học tập.', 'Người điều hành', 'xã Đặng Thùy Trâm'])
    check(text.includes(words), `“${words}” in “${text}”`)
}

async function walk(size) {
  const stage = new StaffStage(size)
  try {
    const stick = join(stage.dir, 'usb', 'KINGSTON')
    mkdirSync(stick, { recursive: true })
    stage.provision()
    await stage.openDisplay()
    const open = () => stage.openKiosk(['--no-sync', '--seed', '7', '--usb', join(stick, '..')])
    await open()
    await stage.unlock()
    await stage.signIn(HANH)
    await stage.onScreen('class_open')
    const before = stage.ctl('totals', '--json')
    await setUp(stage)
    for (let i = 0; i < TEAMS.length; i++) {
      same(await turn(stage, 0, i === 0), i, 'the order of the teams')
      same(Boolean(stage.node('ct.told')), i === TEAMS.length - 1, 'it is told after the last team')
    }
    await golden.page(stage, 'contest-told')
    await stage.tap('ct.next')
    await turn(stage, 1, false)
    await stage.closeKiosk('SIGKILL')
    await finish(stage, ['--no-sync', '--seed', '7'])
    await open()
    await again(stage, 'ct.see')
    await golden.page(stage, 'contest-last')
    await stage.tap('ct.see')
    await stage.onScreen('contest_result')
    same(stage.nodes('ct.place#').map(n => `${n.value} ${n.text}`), TEAMS.map((t, i) => `${i + 1} ${t}`), 'places')
    check(stage.node('desk.say').text.startsWith('Đã lưu'), 'it says that it is kept')
    await golden.page(stage, 'contest-result')
    await stage.tap('ct.print')
    const papers = join(stick, 'BDHVS')
    await stage.see(() => existsSync(papers) && readdirSync(papers).some(f => /^hoi-thi-.*\.pdf$/.test(f)), 'the sheet on the stick')
    onPaper(papers)
    same(stage.ctl('totals', '--json'), before, 'totals')
  } finally {
    await stage.close()
  }
}

await golden.run(walk)
