// A full disk, a disk that cannot be written: lessons go on, the result page says
// honestly that nothing is saved, nothing is acknowledged, and all that can be saved
// later is saved later. Needs root: the disks are small tmpfs mounts.
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { closeWell, count, guestLesson, leave, problems, smallPack } from './small.mjs'
import { Cases, check, same } from './cases.mjs'
import { bin, Stage, StageError } from './stage.mjs'

const stage = new Stage('800x480')
const cases = new Cases(stage)
const small = smallPack(join(stage.dir, 'packs'))
stage.pack = small.pack
stage.packKey = small.pub

const open = () => stage.openKiosk(['--no-sync'])

// Runs `body` with a data folder of 24 MiB of its own.
async function withDisk(name, body) {
  stage.data = join(stage.dir, name)
  mkdirSync(stage.data)
  const done = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=24m', 'tmpfs', stage.data], { encoding: 'utf8' })
  if (done.status !== 0) throw new StageError(`cannot mount a tmpfs on ${stage.data} (needs root): ${done.stderr.trim()}`)
  try {
    await body()
  } finally {
    if (stage.kiosk) await stage.closeKiosk()
    execFileSync('umount', [stage.data])
  }
}

// What bdhvs-ctl doctor finds of that name; it exits with 1 as long as anything is bad.
function doctor(name) {
  const done = spawnSync(bin('bdhvs-ctl'), ['--data', stage.data, 'doctor', '--json'], { encoding: 'utf8' })
  same(done.status, 1, 'the machine needs help')
  return JSON.parse(done.stdout).checks.find(c => c.name === name).state
}

await stage.openDisplay()

await cases.test('a full disk: lessons go on, nothing is claimed, all is saved once there is room', async () => {
  await withDisk('full', async () => {
    await open()
    await stage.onScreen('attract')
    same([doctor('space'), doctor('writing')], ['bad', 'ok'], 'little room, but it can be written')
    const ballast = join(stage.data, 'fill')
    spawnSync('dd', ['if=/dev/zero', `of=${ballast}`, 'bs=4096'], { stdio: 'ignore' })
    same(doctor('writing'), 'bad', 'the doctor finds out by writing')
    await guestLesson(stage, { saved: false })
    await cases.picture('full-result')
    same(count(stage.ctl('totals', '--json'), 'completions'), 0, 'completions in the totals')
    await stage.tap('bar.home')
    await stage.onScreen('home')
    await cases.picture('full-home')
    await stage.tap('bar.exit')
    check((await problems(stage)).includes('DIA-01'), 'staff see DIA-01')
    await cases.picture('full-staff')
    rmSync(ballast)
    await stage.tap('bar.back')
    await stage.onScreen('attract')
    await stage.see(() => stage.acks.length === 1, 'the completion saved after there was room').catch(e => { throw new StageError(`${e.message}; totals ${stage.ctl('totals', '--json')}`) })
    same(count(stage.ctl('totals', '--json'), 'completions'), 1, 'completions in the totals')
    check(!/differ|broken/.test(stage.ctl('rebuild', '--verify')), 'the projections agree with the events')
    await closeWell(stage)
  })
})

await cases.test('a disk that is full from the start: lessons go on unsaved', async () => {
  await withDisk('full-at-once', async () => {
    spawnSync('dd', ['if=/dev/zero', `of=${join(stage.data, 'fill')}`, 'bs=4096'], { stdio: 'ignore' })
    await open()
    await guestLesson(stage, { saved: false })
    await leave(stage)
    const codes = await problems(stage)
    check(codes.some(c => /^DIA-0[13]$/.test(c)), `staff see that nothing can be saved: ${codes}`)
    await cases.picture('full-at-once-staff')
    await closeWell(stage)
  })
})

await cases.test('a data folder that cannot be written: lessons go on unsaved', async () => {
  await withDisk('read-only', async () => {
    await open()
    await stage.onScreen('attract')
    await closeWell(stage)
    execFileSync('mount', ['-o', 'remount,ro', stage.data])
    await open()
    await guestLesson(stage, { saved: false })
    await leave(stage)
    const codes = await problems(stage)
    check(codes.some(c => /^DIA-0[13]$/.test(c)), `staff see that nothing can be saved: ${codes}`)
    await cases.picture('read-only-staff')
    await closeWell(stage)
  })
})

await cases.end()
