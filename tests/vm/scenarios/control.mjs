// The control of the power cuts: the same with synchronous = NORMAL under the kiosk (normal.c)
// loses what the page said is saved. If it did not, the cuts would prove nothing.
import { check } from '../../e2e/cases.mjs'
import { completionsOnDisk, learnAndCut } from '../cuts.mjs'

const CUTS_MAX = 5 // the first one is nearly always enough

export const words = ['seen', 'still', 'short', 'normal']

export async function play(stage) {
  for (let i = 1; i <= CUTS_MAX; i++) {
    await stage.boot()
    const { acked } = await learnAndCut(stage, { patient: true })
    const onDisk = completionsOnDisk(stage)
    if (acked.some(event => !onDisk.has(event))) return `cut ${i} lost what was said to be saved, as it must`
  }
  check(false, `${CUTS_MAX} cuts without full flushes lost nothing: the disk keeps what it should lose`)
}
