// Several people, one screen, at four sizes: chosen out of the open class by a volunteer, a
// lesson with every type of question, a face for whose turn it is, and a completion for each
// of them, flagged as a group's. The pages beside the kept pictures and the drawn page.
//   node tests/e2e/group.test.mjs [--accept] [--report] [WxH…]
import { check, same } from './cases.mjs'
import { Golden } from './golden.mjs'
import { answerQuestion } from './question.mjs'
import { count, leave, typesPack } from './small.mjs'
import { HANH, StaffStage } from './staff.mjs'
import { answers } from './stage.mjs'

const LESSON = 'm01-b01'
const PEOPLE = ['Phạm Thị Nga', 'Đinh Văn Đốt', 'Phạm Thị Xuân', 'Phạm Văn Rếch', 'Đinh Thị Huệ', 'Phạm Văn Lợi']
const DRAWN = { group: ['r33-group', { 'bar.title': 'grp.title' }], names: ['r05-names'], certificate: ['r23-certificate'] }
const COMPARED = /^(bar\.(exit|help|back|home)|quiz\.choose|grp\.one#\d|names\.(next|prev)|cert\.(print|done))$/
const CHANGING = /^cert\.(qr|no|date)$/ // each day and each machine

const golden = new Golden(DRAWN, COMPARED, node => CHANGING.test(node.id) || (node.id.startsWith('me.') && /\d/.test(node.text)))

async function openClass(stage) {
  await stage.unlock()
  await stage.signIn(HANH)
  await stage.onScreen('class_open')
  await stage.tap('open.yes')
  await stage.onScreen('class')
  await stage.tap('nav.tim')
  await stage.onScreen('search')
  for (const letters of ['nga', 'dot', 'xuan', 'rech', 'hue', 'loi']) {
    await stage.type(letters)
    await stage.see(() => stage.nodes('find.row#').length === 1, `one person by ${letters}`)
    await stage.tap('find.row#1')
    await stage.tap('find.add')
    await stage.tap('kb.clear')
  }
  await stage.tap('nav.lop')
  await stage.onScreen('class')
}

const chosen = stage => stage.nodes('ses.person#').filter(n => n.state.includes('correct')).map(n => n.text)
const turn = stage => stage.nodes('grp.turn').map(n => n.text)[0]?.split(' ').at(-1)
const faces = stage => stage.nodes('grp.one#').map(n => n.text)
const total = (stage, stat) => count(stage.ctl('totals', '--json'), stat, LESSON)

// To the lessons, five of the six; everybody is in until taken out.
async function gather(stage) {
  await stage.tap('ses.more')
  await stage.tap('ses.group')
  await stage.onScreen('group_who')
  same(chosen(stage).length, PEOPLE.length, 'people chosen at first')
  for (let i = 1; i <= PEOPLE.length; i++) await stage.tap(`ses.person#${i}`)
  check(stage.node('grp.start').state.includes('disabled'), 'nobody: it does not begin')
  await stage.tap('grp.start')
  check(stage.node('grp.least') && stage.screen === 'group_who', 'it says why')
  for (const { id, text } of stage.nodes('ses.person#')) if (text !== 'Phạm Văn Lợi') await stage.tap(id)
  same(stage.node('grp.start').text, 'Bắt đầu: 5 người', 'the button')
  await golden.page(stage, 'group-who')
  await stage.tap('grp.start')
  await stage.onScreen('home')
  await golden.page(stage, 'group-home')
  check(!stage.node('me.door'), 'nothing about one of them')
}

async function ask(stage, item, names) {
  await stage.onScreen('group')
  const at = turn(stage)
  check(names.includes(at), `a turn of ${at}`)
  if (item.kind === 'picture-choice') { // touching another face passes the turn, and back
    const other = faces(stage).find(n => n !== at)
    await stage.tap(stage.nodes('grp.one#').find(n => n.text === other).id)
    same(turn(stage), other, 'whose turn it is after a touch')
    await stage.tap(stage.nodes('grp.one#').find(n => n.text === at).id)
    same(turn(stage), at, 'and back')
  }
  await golden.page(stage, item.kind === 'picture-choice' ? 'group' : `group-${item.kind}`)
  await answerQuestion(stage, item, true)
  await stage.onScreen('feedback')
  await stage.tap('fb.next')
  return at
}

async function walk(size) {
  const stage = new StaffStage(size)
  try {
    const { pack, pub, source } = typesPack(stage.dir)
    stage.pack = pack
    stage.packKey = pub
    stage.provision()
    stage.people(PEOPLE)
    await stage.openDisplay()
    const open = () => stage.openKiosk(['--no-sync', '--seed', '7'])
    await open()
    await openClass(stage)
    await gather(stage)

    await stage.tap('home.continue')
    await stage.onScreen('lesson')
    await stage.tap('lesson.next')
    if (size === '1280x800') { // the power goes; the same people go on where they stood
      const step = stage.node('lesson.count')?.text
      await stage.closeKiosk('SIGKILL')
      await open()
      await stage.unlock()
      await stage.signIn(HANH)
      await stage.onScreen('class')
      await stage.tap('ses.more')
      await stage.tap('ses.group')
      await stage.tap(stage.nodes('ses.person#').find(n => n.text === 'Phạm Văn Lợi').id)
      await stage.tap('grp.start')
      await stage.onScreen('home')
      await stage.tap('home.continue')
      await stage.see(() => stage.screen !== 'home', 'the lesson')
      same(stage.node('lesson.count')?.text, step, 'the step')
    }
    while (stage.screen === 'lesson') await stage.tap('lesson.next')

    const turns = []
    for (const item of Object.values(answers(LESSON, source))) turns.push(await ask(stage, item, ['Nga', 'Đốt', 'Xuân', 'Rếch', 'Huệ']))
    same(new Set(turns).size, 5, 'people who had a turn')
    for (let i = 1; i < turns.length; i++) check(turns[i] !== turns[i - 1], `${turns[i]} twice in a row`)

    await stage.onScreen('result')
    await stage.see(() => stage.acks.length === 5, 'five completions on the disk')
    check(stage.acks.every(a => a.score_pct === 100), 'what the group answered')
    same(new Set(stage.acks.map(a => a.event)).size, 5, 'events')
    check(stage.node('res.saved'), 'it says so')
    await leave(stage)
    same(['starts', 'completions', 'passes', 'group_completions', 'guest_completions'].map(s => total(stage, s)), [5, 5, 5, 5, 0], 'totals')
    check(/no difference|agree|ok/i.test(stage.ctl('rebuild', '--verify')), 'the journal says the same')

    // each of them has it, the paper that it earned, and sees alone what is held about them
    await stage.tap('attract.start')
    await stage.onScreen('names')
    await golden.page(stage, 'names')
    await stage.tap(stage.nodes('names.one#').find(n => n.text === 'Phạm Thị Nga').id)
    await stage.onScreen('home')
    await stage.tap('me.door')
    await stage.onScreen('about')
    await golden.page(stage, 'about')
    await stage.tap('bar.back')
    await stage.tap('home.cert')
    await stage.onScreen('certificate')
    await stage.see(() => stage.node('cert.qr'), 'the paper')
    await golden.page(stage, 'certificate')
    await leave(stage)

    // nothing of them is left before the next one: a guest meets no lesson done
    await stage.tap('attract.start')
    await stage.see(() => stage.screen !== 'attract', 'a way in')
    if (stage.screen === 'names') await stage.tap('bar.back')
    await stage.tap('who.guest')
    await stage.onScreen('home')
    check(stage.node('home.continue') && stage.node('me.door'), 'a guest begins anew')
  } finally {
    await stage.close()
  }
}

await golden.run(walk)
