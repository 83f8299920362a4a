// A newer program: the one whose kiosk presents no frame goes back, with the database
// as it was; the next one is kept. Real packages, real dpkg, real systemd; asked for as an
// administrator asks at the command line.
import { check, same } from '../../e2e/cases.mjs'
import { adopt, update, version } from '../updates.mjs'

export const words = ['seen', 'still', 'short']

export async function play(stage) {
  await stage.boot()
  await stage.onScreen('attract')
  await adopt(stage)
  const first = await version(stage)
  await stage.inside('person', 'add', '--thon', 't03', '--sex', 'f', '--band', 'b4', '--group', 'g2')
  const totals = await stage.inside('totals', '--json')
  check(totals.includes('registered'), 'something is counted')
  same(await update(stage, 'mute', 2, 'back (the new program presented no frame)'), first, 'the program after going back')
  same(await stage.inside('totals', '--json'), totals, 'the totals after going back')
  same(await update(stage, 'good', 3, 'kept (fine)'), '0.3.0', 'the program after an update')
  same(await stage.inside('totals', '--json'), totals, 'the totals after an update')
  same(await stage.unit('ActiveState'), 'active', 'the kiosk')
  return `${first} came back after one without a frame, then 0.3.0 was kept`
}
