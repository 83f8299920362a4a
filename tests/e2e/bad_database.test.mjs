// Databases that are newer, damaged or none at all: lessons go on, the damaged file is
// kept, and what a backup has comes back.
import { createHash } from 'node:crypto'
import { closeSync, mkdirSync, openSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { addCard, cardHome, closeWell, count, guestHome, guestLesson, learn, leave, problems, smallPack } from './small.mjs'
import { Cases, check, same } from './cases.mjs'
import { Stage, StageError, run } from './stage.mjs'

const stage = new Stage('800x480')
const cases = new Cases(stage)
const small = smallPack(join(stage.dir, 'packs'))
stage.pack = small.pack
stage.packKey = small.pub

const sqlite = (file, sql) => run('sqlite3', [file, sql]).trim()
const database = () => join(stage.data, 'kiosk.db')
const hashOf = file => createHash('sha256').update(readFileSync(file)).digest('hex')
const open = () => stage.openKiosk(['--no-sync'])
const fresh = () => rmSync(stage.data, { recursive: true, force: true })

await stage.openDisplay()

await cases.test('a database of a newer version is left as it is, lessons go on', async () => {
  fresh()
  await open()
  await guestLesson(stage)
  await closeWell(stage)
  sqlite(database(), 'PRAGMA user_version = 9000')
  const before = [hashOf(database()), statSync(database()).size]
  await open()
  await guestLesson(stage, { saved: false })
  await cases.picture('newer-result')
  await stage.tap('bar.home')
  await stage.tap('bar.exit')
  check((await problems(stage)).includes('DIA-04'), 'staff see DIA-04')
  await cases.picture('newer-staff')
  await closeWell(stage)
  same([hashOf(database()), statSync(database()).size], before, 'the database file')
  const beside = readdirSync(stage.data).filter(f => /^kiosk\.db-(wal|shm|journal)$/.test(f))
  same(beside.filter(f => statSync(join(stage.data, f)).size), [], 'files beside it that hold anything')
})

function overwrite(file, from, n) {
  const fd = openSync(file, 'r+')
  writeSync(fd, Buffer.alloc(n, 0xa5), 0, n, from)
  closeSync(fd)
}

await cases.test('a damaged database is set aside, its backup put back', async () => {
  fresh()
  const code = addCard(stage)
  await open()
  await guestLesson(stage)
  await closeWell(stage)
  stage.ctl('backup')
  overwrite(database(), 4096, statSync(database()).size - 4096)
  await open()
  await stage.onScreen('attract')
  same(count(stage.ctl('totals', '--json'), 'completions'), 1, 'completions, from the backup')
  check(readdirSync(stage.data).some(f => /^kiosk\.db\.bad-/.test(f)), `the damaged one is kept: ${readdirSync(stage.data)}`)
  await cardHome(stage, code)
  await stage.tap('home.continue')
  await learn(stage)
  await stage.see(() => stage.acks.length, 'the word that it is saved')
  await closeWell(stage)
})

await cases.test('a damaged database without a backup: a new one, lessons go on', async () => {
  fresh()
  await open()
  await guestLesson(stage)
  await closeWell(stage)
  overwrite(database(), 0, 8192)
  await open()
  await guestLesson(stage)
  same(count(stage.ctl('totals', '--json'), 'completions'), 1, 'completions')
  check(readdirSync(stage.data).some(f => /^kiosk\.db\.bad-/.test(f)), 'the damaged one is kept')
  await closeWell(stage)
})

await cases.test('no data partition: lessons go on, the first page says so, nothing is written', async () => {
  fresh()
  mkdirSync(stage.data, { recursive: true })
  writeFileSync(join(stage.data, '.no-data-partition'), '')
  await open()
  await stage.onScreen('attract')
  await stage.see(() => stage.node('attract.unkept'), 'the word that nothing is kept')
  await cases.picture('no-partition')
  await guestLesson(stage, { saved: false })
  await leave(stage)
  check((await problems(stage)).includes('DIA-07'), 'staff see DIA-07')
  await cases.picture('no-partition-staff')
  await closeWell(stage)
  check(!readdirSync(stage.data).some(f => f.startsWith('kiosk.db')), `no database: ${readdirSync(stage.data)}`)
  rmSync(join(stage.data, '.no-data-partition')) // it is mounted now
  await open()
  await guestLesson(stage)
  await closeWell(stage)
})

await cases.test('files that are no database are never fatal', async () => {
  for (const [what, harm] of [
    ['an empty file', () => writeFileSync(database(), '')],
    ['text', () => writeFileSync(database(), 'xin chào '.repeat(1000))],
    ['a database of another program', () => sqlite(database(), 'CREATE TABLE t(x); INSERT INTO t VALUES(1)')],
    ['a WAL of noise', () => writeFileSync(`${database()}-wal`, Buffer.alloc(40000, 7))],
    ['a folder', () => mkdirSync(database())],
  ]) {
    fresh()
    mkdirSync(stage.data, { recursive: true })
    harm()
    await open()
    await stage.onScreen('attract')
    await guestHome(stage).catch(e => { throw new StageError(`${what}: ${e.message}`) })
    await closeWell(stage)
  }
})

await cases.end()
