// The machine end to end: each file of scenarios/ plays one story in a virtual machine of its own.
//   run.mjs IMAGE [SCENARIO…]     IMAGE: the folder of image.sh
// BDHVS_VM_CUTS: how often the plug is pulled [20]; BDHVS_VM_USE_S: how long it is used [3600];
// BDHVS_VM_PATIENCE_S: how long anything is waited for [900].
// Pictures, and what is left of a machine that failed, are in out/vm. The last line is
// `N passed, N failed`.
import { mkdirSync, readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { VmStage, pictures } from './kiosk.mjs'

const scenarios = join(dirname(fileURLToPath(import.meta.url)), 'scenarios')
const names = readdirSync(scenarios).map(file => file.replace('.mjs', '')).sort()
const [image, ...wanted] = process.argv.slice(2)
const unknown = wanted.find(name => !names.includes(name))
if (!image || unknown) {
  console.error(`run.mjs: ${unknown ? `${unknown}: no scenario` : 'no image'}: use run.mjs IMAGE [${names.join('|')}…]`)
  process.exit(64)
}
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(1)) // and no machine is left
mkdirSync(pictures, { recursive: true })

// A scenario says what it needs of the machine (`words`, `devices`), and plays; what it returns is its
// figure on the line of the result.
async function play(name) {
  const { words, devices, play } = await import(join(scenarios, `${name}.mjs`))
  const stage = new VmStage(image, words, devices)
  try {
    return await play(stage, part => join(pictures, `${name}-${part}.png`))
  } catch (e) {
    await stage.keepTraces(pictures, name)
    throw e
  } finally {
    await stage.close()
  }
}

let passed = 0, failed = 0
for (const name of names) {
  if (wanted.length && !wanted.includes(name)) continue
  const began = performance.now()
  const seconds = () => Math.round((performance.now() - began) / 1000)
  try {
    const said = await play(name)
    passed++
    console.log(`ok     ${name} (${seconds()} s): ${said}`)
  } catch (e) {
    failed++
    console.log(`FAILED ${name} (${seconds()} s): ${e.stack}`)
  }
}
console.log(`${passed} passed, ${failed} failed`)
process.exit(failed ? 1 : 0)
