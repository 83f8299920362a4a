// A newer program: the one whose kiosk presents no frame goes back, with the database
// as it was; the next one is kept. Real packages, real dpkg, real systemd; asked for as an
// administrator asks at the command line.
import { check, same } from '../../e2e/cases.mjs'

const OWN = '/usr/local/share/vm'
const PATIENCE_MS = 900000 // dpkg and a start of the kiosk in an emulator

export const words = ['seen', 'still', 'short']

async function update(stage, kind, ver, end) {
  const before = stage.lines.length
  await stage.inside('update', `${OWN}/${kind}/BDHVS/program`)
  let said
  await stage.see(async () => {
    said = await stage.shell('bdhvs-update status')
    return /^(kept|back|refused)/.test(said) && said.includes(`ver\t${ver}\n`)
  }, `the end of the update (${kind})`, PATIENCE_MS).catch(e => { throw new Error(`${e.message}: ${said}`) })
  same(said.split('\n')[0], end, kind)
  await stage.see(() => stage.lines.slice(before).findLast(l => l.screen)?.screen === 'attract', 'the first page after it', PATIENCE_MS)
  return (await stage.shell("dpkg-query -W -f '${Version}' bdhvs-kiosk")).trim()
}

export async function play(stage) {
  await stage.boot()
  await stage.onScreen('attract')
  await stage.shell(`bdhvs-update adopt ${OWN}/debs`)
  const first = (await stage.shell("dpkg-query -W -f '${Version}' bdhvs-kiosk")).trim()
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
