// Guests come, learn and go for BDHVS_VM_USE_S seconds (an hour), without a pause: the kiosk holds
// no more memory in the last third than in the middle one.
import { check, same } from '../../e2e/cases.mjs'
import { guestHome, leave, learn } from '../../e2e/small.mjs'
import { memory } from '../memory.mjs'

const USE_MS = Number(process.env.BDHVS_VM_USE_S ?? 3600) * 1000
const GROWTH_MB = 1 // the journal's page cache and what the allocator keeps

export const words = ['seen', 'still', 'short']

function median(values) { return [...values].sort((a, b) => a - b)[values.length >> 1] }

async function visit(stage) {
  await guestHome(stage)
  await stage.tap('mod#1')
  await stage.tap('les#1')
  await learn(stage)
  await stage.see(() => stage.nodes('res.saved').length, 'the word that it is saved')
  await leave(stage)
}

export async function play(stage) {
  const samples = []
  await stage.boot()
  const began = performance.now()
  while (performance.now() - began < USE_MS || samples.length < 6) {
    await visit(stage)
    const { ownMb } = await memory(stage)
    samples.push({ at: performance.now() - began, ownMb })
    stage.lines.splice(0, stage.lines.length - 1) // an hour of pages
  }
  const part = k => median(samples.slice((k * samples.length) / 3, ((k + 1) * samples.length) / 3).map(s => s.ownMb))
  const rows = JSON.parse(await stage.inside('totals', '--json')).rows
  same(rows.filter(r => r[0] === 'completions' && r[3] === '-').reduce((n, r) => n + r[4], 0), samples.length, 'lessons completed')
  same(await stage.unit('NRestarts'), '0', 'restarts')
  check(part(2) - part(1) <= GROWTH_MB, `memory grows: ${samples.map(s => s.ownMb.toFixed(1)).join(' ')} MB`)
  return `${samples.length} lessons in ${Math.round(samples.at(-1).at / 60000)} min; memory ${part(0).toFixed(1)}, ${part(1).toFixed(1)}, ${part(2).toFixed(1)} MB in each third`
}
