// Power cuts in the middle of booking: a guest learns short lessons with a finger, and at the touch
// that completes one the plug is pulled, a moment before or after the disk has it. What is on the
// disk then is read by this machine, apart from the kiosk.
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { StageError, pause, run } from '../e2e/stage.mjs'
import { answer, guestHome, throughCards, ITEMS } from '../e2e/small.mjs'

const COMPLETED = 4 // EVENT_COMPLETED of kiosk/lesson/event.h
const WINDOW_MS = 1500 // after the touch, in which the plug is pulled
const WRITES = 8 // or at one of so many writes, in the middle of booking

// From the first page to the question whose answer completes a lesson, answered.
async function toTheLastTouch(stage) {
  await guestHome(stage)
  if (stage.node('home.continue')) await stage.tap('home.continue')
  else {
    await stage.tap('mod#1')
    await stage.tap('les#1')
  }
  await throughCards(stage)
  for (let i = 1; i < ITEMS; i++) {
    await answer(stage)
    await stage.tap('fb.next')
  }
  await answer(stage)
}

// By turns of chance a moment of time, or in the middle of what is being written.
async function moment(stage) {
  if (Math.random() < 0.5) return pause(Math.random() * WINDOW_MS)
  const nth = stage.disk.write(1 + Math.floor(Math.random() * WRITES))
  await Promise.race([nth, pause(4 * WINDOW_MS)])
}

// One life of the machine: switched on already, a lesson, the plug. `patient`: pulls it once
// the page says that the lesson is saved. Returns {acked, lost}: events, and sectors.
export async function learnAndCut(stage, { patient = false } = {}) {
  await toTheLastTouch(stage)
  await pause(400)
  await stage.touch('fb.next')
  if (patient) await stage.see(() => stage.acks.length && stage.nodes('res.saved').length, 'the word that it is saved')
  else await moment(stage)
  const lost = await stage.pull()
  return { acked: stage.acks.map(ack => ack.event), lost }
}

// What the disk holds after a cut, read apart from the kiosk: "<run>-<seq>" of every completion in
// the journal, as the acknowledgement names it.
export function completionsOnDisk(stage) {
  const copy = join(stage.dir, 'copy.ext4'), db = join(stage.dir, 'kiosk.db')
  const sql = `SELECT printf('%016x-%d', r.id, e.seq) FROM event e JOIN run r ON r.ord = e.run WHERE e.kind = ${COMPLETED}`
  const ask = what => run('sqlite3', [db, what]).trim().split('\n').filter(Boolean)
  run('cp', ['--sparse=always', stage.diskFile, copy])
  try {
    run('e2fsck', ['-p', copy]) // replays the journal of the file system, as the next start does
  } catch (e) {
    if (!/exit 1:/.test(e.message)) throw e // 1: something was put right
  }
  for (const end of ['', '-wal']) {
    rmSync(db + end, { force: true })
    run('debugfs', ['-R', `dump /kiosk.db${end} ${db}${end}`, copy])
  }
  const [sound] = ask('PRAGMA integrity_check')
  if (sound !== 'ok') throw new StageError(`the database after a cut: ${sound}`)
  return new Set(ask(sql))
}
