// kill -9 of the real kiosk at random moments while a learner taps through lessons: every
// completion that was acknowledged is in the journal and in the totals, once, and the
// learner finds the place again.
import { join } from 'node:path'
import { smallPack } from './small.mjs'
import { run, Stage, pause } from './stage.mjs'

const KILLS = Number(process.env.BDHVS_KILLS ?? 4)
const stage = new Stage('800x480')
const small = smallPack(join(stage.dir, 'packs')) // short lessons: several between two plugs
stage.pack = small.pack
stage.packKey = small.pub
let failures = 0
const check = (ok, what) => { if (!ok) { failures++; console.error(`not so: ${what}`) } }

// "<run>-<seq>" of every completion in the journal, as the acknowledgement names it.
function completions() {
  const sql = "SELECT printf('%016x-%d', r.id, e.seq) FROM event e JOIN run r ON r.ord = e.run WHERE e.kind = 4"
  return new Set(run('sqlite3', [join(stage.data, 'kiosk.db'), sql]).trim().split('\n').filter(Boolean))
}

async function toLesson() {
  await stage.onScreen('attract')
  await stage.tap('attract.start')
  await stage.tap('who.guest')
  await stage.onScreen('home')
  await onwards()
}

// Once every lesson was learnt there is nothing to go on with: one is learnt again.
async function onwards() {
  if (stage.node('home.continue')) return stage.tap('home.continue')
  await stage.tap('mod#1')
  await stage.tap('les#1')
}

// Taps forwards from wherever the lesson stands until somebody pulls the plug.
async function learnOn() {
  for (;;) {
    if (stage.screen === 'lesson') await stage.tap('lesson.next')
    else if (stage.screen === 'quiz') {
      const choice = stage.page.nodes.find(n => /^quiz\.(choice#|true|false|scam|safe)/.test(n.id) && !n.state.includes('disabled'))
      await stage.tap(choice.id)
      if (stage.screen === 'quiz' && stage.node('quiz.choose')) await stage.tap('quiz.choose')
    } else if (stage.screen === 'feedback') await stage.tap(stage.node('fb.retry') ? 'fb.retry' : 'fb.next')
    else if (stage.screen === 'result') await stage.tap(stage.node('res.next') ? 'res.next' : 'res.home')
    else if (stage.screen === 'home') await onwards()
    else throw new Error(`lost on ${stage.screen}`)
  }
}

try {
  await stage.openDisplay()
  const acked = new Set()
  for (let i = 0; i < KILLS; i++) {
    await stage.openKiosk(['--no-sync'])
    await toLesson()
    const plug = pause(4000 + Math.random() * 12000).then(() => stage.kiosk.kill('SIGKILL'))
    await learnOn().catch(e => { if (!/kiosk ended|change after|for the page/.test(e.message)) throw e })
    await plug
    await pause(50)
    stage.readLog()
    for (const a of stage.acks) {
      check(!acked.has(a.event), `${a.event} was acknowledged twice`)
      acked.add(a.event)
    }
    const rebuilt = stage.ctl('rebuild', '--verify')
    check(/agrees with the events/.test(rebuilt), `rebuild --verify after kill ${i + 1}: ${rebuilt}`)
    const journalled = completions()
    for (const event of acked) check(journalled.has(event), `${event} was acknowledged, but is not in the journal`)
    const rows = JSON.parse(stage.ctl('totals', '--json')).rows
    const counted = rows.filter(r => r[0] === 'completions' && r[3] === '-').reduce((n, r) => n + r[4], 0)
    check(counted === journalled.size, `${journalled.size} in the journal, ${counted} in the totals`)
    // durable a moment before the plug, and not yet said: at most one each time
    check(journalled.size <= acked.size + i + 1, `${acked.size} acknowledged, ${journalled.size} in the journal`)
  }
  check(acked.size > 0, "at least one completion came between two kills")
  console.log(`${KILLS} kills, ${acked.size} completions acknowledged, all in the totals`)
} catch (e) {
  failures++
  console.error(e.stack)
} finally {
  await stage.close()
}
console.log(failures ? '0 passed, 1 failed' : '1 passed, 0 failed')
process.exit(failures ? 1 : 0)
