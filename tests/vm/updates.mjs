// An update of the program in the machine, asked for as an administrator asks at the command line.
import { same } from '../e2e/cases.mjs'

const OWN = '/usr/local/share/vm'
const PATIENCE_MS = 900000 // dpkg and a start of the kiosk in an emulator

// What there is to go back to.
export async function adopt(stage) { await stage.shell(`bdhvs-update adopt ${OWN}/debs`) }

// Of the program that is installed.
export async function version(stage) { return (await stage.shell("dpkg-query -W -f '${Version}' bdhvs-kiosk")).trim() }

// `kind`: of image.sh; `end`: the first line of what bdhvs-update says then. Returns the version.
export async function update(stage, kind, ver, end) {
  const before = stage.lines.length, former = await stage.shell('bdhvs-update status')
  await stage.inside('update', `${OWN}/${kind}/BDHVS/program`)
  let said
  await stage.see(async () => {
    said = await stage.shell('bdhvs-update status')
    return said !== former && /^(kept|back|refused)/.test(said) && said.includes(`ver\t${ver}\n`)
  }, `the end of the update (${kind})`, PATIENCE_MS).catch(e => { throw new Error(`${e.message}: ${said}`) })
  same(said.split('\n')[0], end, kind)
  await stage.see(() => stage.lines.slice(before).findLast(l => l.screen)?.screen === 'attract', 'the first page after it', PATIENCE_MS)
  return version(stage)
}
