// The plug is pulled BDHVS_VM_CUTS times (20) while lessons are completed, with a disk that loses
// what was not flushed. Every time the machine starts again to its first page; nothing that was
// acknowledged is missing; journal and totals agree.
import { check, same } from '../../e2e/cases.mjs'
import { completionsOnDisk, learnAndCut } from '../cuts.mjs'

const CUTS = Number(process.env.BDHVS_VM_CUTS ?? 20)

export const words = ['seen', 'still', 'short']

export async function play(stage) {
  const acked = new Set()
  let sectors = 0, onDisk = new Set()
  await stage.boot()
  for (let i = 1; i <= CUTS; i++) {
    const life = await learnAndCut(stage)
    sectors += life.lost
    for (const event of life.acked) {
      check(!acked.has(event), `${event} was acknowledged twice`)
      acked.add(event)
    }
    onDisk = completionsOnDisk(stage)
    for (const event of acked) check(onDisk.has(event), `${event} was acknowledged, and after cut ${i} it is not on the disk`)
    // on the disk a moment before the plug, and not yet said: at most one each time
    check(onDisk.size <= acked.size + i, `${acked.size} acknowledged, ${onDisk.size} on the disk`)
    await stage.boot()
    same(stage.lines.find(l => l.screen).screen, 'attract', 'the first page after a cut')
    check(/agrees with the events/.test(await stage.inside('rebuild', '--verify')), `totals and events agree after cut ${i}`)
    const rows = JSON.parse(await stage.inside('totals', '--json')).rows
    same(rows.filter(r => r[0] === 'completions' && r[3] === '-').reduce((n, r) => n + r[4], 0), onDisk.size, 'completions in the totals')
    same(await stage.unit('NRestarts'), '0', 'restarts')
    console.log(`       cut ${i}: ${acked.size} acknowledged, ${onDisk.size} on the disk; ${life.lost} sectors lost`)
  }
  check(acked.size > 0, 'at least one completion was acknowledged')
  check(sectors > 0, 'the disk lost something')
  return `${CUTS} cuts, ${acked.size} completions acknowledged, 0 lost; ${sectors} sectors lost`
}
