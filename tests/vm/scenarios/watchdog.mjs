// A screen that is frozen is told no life of: systemd ends the program, starts it again, and the
// first page is back. What was acknowledged before is there.
import { check, same } from '../../e2e/cases.mjs'

export const words = ['seen', 'still']

export async function play(stage) {
  await stage.boot()
  await stage.onScreen('attract')
  const pid = await stage.unit('MainPID')
  const frozenAt = performance.now()
  await stage.shell(`kill -STOP ${pid}`)
  const before = stage.lines.length
  await stage.see(() => stage.lines.slice(before).some(l => l.screen === 'attract'), 'the first page again')
  const seconds = Math.round((performance.now() - frozenAt) / 1000)
  check(pid !== await stage.unit('MainPID'), 'another process')
  same(await stage.unit('NRestarts'), '1', 'restarts')
  const journal = await stage.shell('journalctl -b -u bdhvs-kiosk -o cat')
  check(/[Ww]atchdog timeout/.test(journal), `the journal says why: ${journal}`)
  await stage.tap('attract.start')
  await stage.see(() => stage.node('who.guest'), 'a touch that is answered')
  return `first page again ${seconds} s after it froze`
}
