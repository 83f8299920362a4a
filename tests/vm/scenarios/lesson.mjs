// A guest learns a lesson on the touch panel with two fingers: whenever one is on what it means, the
// other comes down elsewhere. It changes nothing; the lesson is counted once, and the page says
// that it is saved. The panel's cable comes loose under a finger, and the next touch counts.
import { check, same } from '../../e2e/cases.mjs'
import { countedRows, impliedRows, playLesson, totalsOf } from '../../e2e/lesson.mjs'
import { leave } from '../../e2e/small.mjs'
import { bin, pause, run, share } from '../../e2e/stage.mjs'

const COUNTED = ['starts', 'completions', 'passes', 'guest_completions', 'item_shown', 'item_first_right', 'practice_done']
const ACTIVE = /^(button|choice|row|switch|tab|key|link)$/

export const words = ['seen', 'still']

// The thumb of the hand that points, on something else that can be touched.
function thumbOnOther(stage) {
  let n = 0
  stage.touch = async function (id) {
    const others = this.page.nodes.filter(o => o.id !== id && ACTIVE.test(o.role) && !o.state.includes('disabled'))
    const other = others[n++ % (others.length || 1)]?.id
    this.vm.fingers([['d', 0, ...this.middle(id)]])
    await pause(40)
    if (other) this.vm.fingers([['d', 1, ...this.middle(other)]])
    await pause(40)
    // by turns the one that counts goes first, the other one, or both
    const up = [[['u', 0]], [['u', 1]]]
    if (other && n % 3 === 0) this.vm.fingers(up.flat())
    else for (const frame of n % 3 === 1 ? up : up.reverse()) this.vm.fingers(frame)
  }
}

async function panelComesLoose(stage) {
  stage.vm.fingers([['d', 0, ...stage.middle('attract.start')]])
  await stage.see(() => stage.node('attract.start').state.includes('pressed'), 'the button to be pressed')
  await stage.shell('systemctl restart vm-finger') // the device is gone, and there again
  await stage.shell('udevadm settle')
  await pause(2000)
  same(stage.screen, 'attract', 'a touch that did not end')
}

export async function play(stage, picture) {
  const [lesson] = run(bin('bdhvs-kiosk'), ['--data', stage.dir, '--pack', `${share}/packs/bdhvs`, '--pack-key', `${share}/packs/bdhvs.pub`, '--list-lessons']).split('\t')
  await stage.boot()
  await stage.onScreen('attract')
  await panelComesLoose(stage)
  thumbOnOther(stage)
  await stage.tap('attract.start')
  await stage.tap('who.guest')
  await stage.onScreen('home')
  await stage.tap('home.continue')
  const implied = await playLesson(stage, lesson)
  await stage.see(() => stage.nodes('res.saved').length && stage.acks.length, 'the word that it is saved')
  await stage.atRest()
  await stage.picture(picture('result'))
  same(stage.acks.map(ack => ack.lesson), [lesson], 'lessons acknowledged')
  const day = 'any' // no server has told the time
  const rows = countedRows(await stage.inside('totals', '--json'), COUNTED).map(([stat, , unit, dims, value]) => [stat, day, unit, dims, value])
  same(totalsOf(rows), totalsOf(impliedRows(implied, day, {})), 'what is counted')
  await leave(stage)
  check(stage.lines.every(l => !l.fault), 'no page with a fault')
  return `${lesson}, ${implied.items.length} questions, counted once`
}
