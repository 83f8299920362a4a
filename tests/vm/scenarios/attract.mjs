// Switched on, the machine shows the first page on KMS/DRM: the unit, the user and the command as
// the package has them. What the graphics card sends to the panel is, pixel by pixel, what the
// same page is on any other screen; nothing else is on it, nor comes to it.
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { check, same } from '../../e2e/cases.mjs'
import { pause, root, run } from '../../e2e/stage.mjs'

const KEPT = join(root, 'tests', 'golden', 'pages', '1280x800', 'attract.png')
const DIFFERENT_PIXELS = 0.004 // share of a page that may differ, as in tests/e2e/golden.mjs

function share(a, b) {
  const { stderr } = spawnSync('compare', ['-metric', 'AE', '-fuzz', '1%', a, b, 'null:'], { encoding: 'utf8' })
  return Number(stderr) / (1280 * 800)
}

export const words = ['still']

export async function play(stage, picture) {
  await stage.switchOn()
  await stage.see(async () => await stage.unit('ActiveState') === 'active', 'the kiosk to be ready')
  for (const part of ['first', 'later']) {
    const file = picture(part)
    await stage.picture(file)
    same(run('identify', ['-format', '%wx%h', file]), stage.size, 'the size')
    const different = share(KEPT, file)
    check(different <= DIFFERENT_PIXELS, `${(different * 100).toFixed(2)} % of the pixels differ: compare ${file} with ${KEPT}`)
    if (part === 'first') await pause(20000)
  }
  same([await stage.unit('User'), await stage.unit('NRestarts')], ['bdhvs', '0'], 'its user, and restarts')
  return `the page of every other screen, ${(share(KEPT, picture('later')) * 100).toFixed(3)} % of the pixels apart`
}
