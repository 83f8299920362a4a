// The update on a machine of tools/deploy: its root is only read, and what is written beside it lies
// in memory. The new program is tried there. One without a frame leaves the card as it was; the plug
// pulled while one is tried leaves the former one; the one that is kept is on the card after a cut.
import { same } from '../../e2e/cases.mjs'
import { adopt, update, version } from '../updates.mjs'

export const words = ['seen', 'still', 'short']

const PATIENCE_MS = 900000

export async function play(stage) {
  const onCard = async () => (await stage.shell("dpkg-query --admindir=/run/bdhvs-root/card/var/lib/dpkg -W -f '${Version}' bdhvs-kiosk")).trim()
  stage.useCard()
  await stage.boot()
  same((await stage.shell('findmnt -no FSTYPE /')).trim(), 'overlay', 'the root')
  await stage.onScreen('attract')
  await adopt(stage)
  const first = await version(stage)
  await stage.inside('person', 'add', '--thon', 't03', '--sex', 'f', '--band', 'b4', '--group', 'g2')
  const totals = await stage.inside('totals', '--json')

  same(await update(stage, 'mute', 2, 'back (the new program presented no frame)'), first, 'the program after going back')
  same(await onCard(), first, 'the card after going back')

  await stage.inside('update', '/usr/local/share/vm/good/BDHVS/program')
  await stage.see(async () => /^trying/.test(await stage.shell('bdhvs-update status')), 'that it is tried', PATIENCE_MS)
  await stage.pull()
  await stage.boot()
  await stage.see(async () => /^(back|kept)/.test(await stage.shell('bdhvs-update status')), 'the end of it', PATIENCE_MS)
  await stage.onScreen('attract')
  const cut = await version(stage)
  same(await onCard(), cut, 'the card has what runs')
  same((await stage.shell("grep -cE '^[^ ]+ /dev/(shm|pts) ' /proc/mounts")).trim(), '2', 'what was lent to the card is in its place')
  same(await stage.inside('totals', '--json'), totals, 'the totals after the cut')

  if (cut === first) same(await update(stage, 'good', 3, 'kept (fine)'), '0.3.0', 'the program after an update')
  same(await onCard(), '0.3.0', 'the card after an update')
  await stage.pull()
  await stage.boot()
  await stage.onScreen('attract')
  same(await version(stage), '0.3.0', 'the program after a cut')
  same((await stage.shell('findmnt -no OPTIONS /run/bdhvs-root/card')).split(',')[0], 'ro', 'the card')
  same(await stage.inside('totals', '--json'), totals, 'the totals')
  return `${first} stayed on the card after one without a frame and after a cut, then 0.3.0 was kept there`
}
