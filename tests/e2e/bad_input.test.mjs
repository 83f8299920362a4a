// Broken and hostile things that come from outside: packs, settings, sticks. Lessons go
// on wherever there are lessons, and staff find out why.
import { execFileSync, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { cpSync, mkdirSync, readFileSync, readdirSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { LESSONS, closeWell, guestHome, guestLesson, learn, problems, sign, smallPack } from './small.mjs'
import { Cases, check, same } from './cases.mjs'
import { Stage, bin, run } from './stage.mjs'

const stage = new Stage('800x480')
const cases = new Cases(stage)
const packs = join(stage.dir, 'packs')
const small = smallPack(packs, { version: 5 })
stage.packKey = small.pub

const manifestOf = folder => JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8'))
const open = () => stage.openKiosk(['--no-sync'])

function fresh() {
  rmSync(stage.data, { recursive: true, force: true })
  stage.pack = small.pack
}

// A copy of the good pack, changed by `harm`.
function packWith(name, harm) {
  const folder = join(packs, name)
  cpSync(small.pack, folder, { recursive: true })
  harm(folder)
  stage.pack = folder
}

function flip(file, at) {
  const bytes = readFileSync(file)
  bytes[at] ^= 1
  writeFileSync(file, bytes)
}

// The page that residents meet when nothing can be taught, and an orderly end.
async function nothingToLearn(code, picture) {
  await open()
  await stage.onScreen('problem')
  check(stage.node('e.call') && stage.node('e.staff'), 'help can be called, staff can go on')
  same(stage.node('e.code').text, `Mã: ${code}`, 'the code in the corner')
  await cases.picture(picture)
  const codes = await problems(stage)
  check(codes.includes(code), `staff see ${code} among ${codes}`)
  await closeWell(stage)
}

await stage.openDisplay()

// --- packs ---------------------------------------------------------------------------

await cases.test('a machine without lessons says so, calmly, and ends well', async () => {
  fresh()
  stage.pack = join(packs, 'none')
  await nothingToLearn('GOI-01', 'no-pack')
})

await cases.test('a changed manifest, a foreign signature, an older pack: refused', async () => {
  fresh()
  packWith('manifest', folder => flip(join(folder, 'manifest.json'), 40))
  await nothingToLearn('GOI-02', 'pack-refused')
  const stranger = smallPack(join(stage.dir, 'stranger'))
  packWith('foreign', folder => sign(folder, stranger.keys))
  await nothingToLearn('GOI-02', 'pack-foreign')
  packWith('unsigned', folder => rmSync(join(folder, 'manifest.json.minisig')))
  await nothingToLearn('GOI-02', 'pack-unsigned')
  stage.pack = small.pack
  await open()
  await stage.onScreen('attract')
  await stage.closeKiosk()
  stage.pack = smallPack(packs, { version: 4 }).pack
  await nothingToLearn('GOI-02', 'pack-older')
})

await cases.test('one changed object: the other lessons are shown, staff are told', async () => {
  fresh()
  packWith('object', folder => flip(join(folder, 'objects', manifestOf(folder).files.find(f => f.name === LESSONS[0]).sha256), 100))
  await open()
  await guestHome(stage)
  await stage.tap('mod#1')
  await stage.onScreen('module')
  const shown = stage.nodes('les#').length
  await cases.picture('object-module')
  await stage.tap('bar.back')
  await stage.tap('bar.exit')
  check((await problems(stage)).includes('GOI-03'), 'staff see GOI-03')
  await cases.picture('object-staff')
  check(stage.node('e.left.t') || shown === 1, `one of two lessons is left (${shown})`)
  await stage.tap('bar.back')
  await stage.onScreen('attract')
  await guestLesson(stage)
  await closeWell(stage)
})

await cases.test('one broken lesson, signed by the right key: the others are shown', async () => {
  fresh()
  packWith('broken', folder => {
    const manifest = manifestOf(folder)
    const entry = manifest.files.find(f => f.name === LESSONS[0])
    const bytes = Buffer.from('{"schema":1,"id":"m01-b01","cards":[[[[[[')
    const hash = createHash('sha256').update(bytes).digest('hex')
    writeFileSync(join(folder, 'objects', hash), bytes)
    const index = manifest.files.find(f => f.role === 'index')
    const text = readFileSync(join(folder, 'objects', index.sha256), 'utf8').replaceAll(entry.sha256, hash)
    const indexHash = createHash('sha256').update(text).digest('hex')
    writeFileSync(join(folder, 'objects', indexHash), text)
    Object.assign(index, { sha256: indexHash, size: Buffer.byteLength(text) })
    Object.assign(entry, { sha256: hash, size: bytes.length })
    manifest.files.sort((a, b) => (a.sha256 < b.sha256 ? -1 : 1))
    writeFileSync(join(folder, 'manifest.json'), JSON.stringify(manifest))
    sign(folder, small.keys)
  })
  await open()
  await stage.onScreen('attract')
  check((await problems(stage)).includes('GOI-03'), 'staff see GOI-03')
  await cases.picture('broken-lesson-staff')
  await stage.tap('bar.back')
  await stage.onScreen('attract')
  await guestLesson(stage)
  await closeWell(stage)
})

await cases.test('a picture that is gone does not stop its lesson', async () => {
  fresh()
  packWith('no-picture', folder => {
    for (const f of manifestOf(folder).files.filter(f => f.role === 'picture')) rmSync(join(folder, 'objects', f.sha256))
  })
  await open()
  await guestHome(stage)
  await cases.picture('no-pictures-home')
  await stage.tap('home.continue')
  await cases.picture('no-pictures-lesson')
  await learn(stage)
  await stage.see(() => stage.acks.length, 'the word that it is saved')
  await closeWell(stage)
})

// --- settings ------------------------------------------------------------------------

await cases.test('garbage in settings is never fatal', async () => {
  fresh()
  await open()
  await closeWell(stage)
  run('sqlite3', [join(stage.data, 'kiosk.db'), "INSERT OR REPLACE INTO setting VALUES ('set.idle_s','-5'),('set.idle_quiz_s','99999999999999999999'),('set.help_s',''),('set.text_step','7'),('pack.floor','abc'),('content.key','không phải khóa'),('set.code_tries','3; DROP TABLE')"])
  await open()
  await guestLesson(stage)
  await closeWell(stage)
  const config = join(stage.dir, 'config')
  mkdirSync(join(config, 'bdhvs'), { recursive: true })
  for (const text of ['\x00\xff\xfe', 'window\n', '= = =\n[x]\n', 'no-such-option = 1\n', `data = ${'x'.repeat(100000)}\n`]) {
    writeFileSync(join(config, 'bdhvs', 'bdhvs-kiosk.conf'), text)
    const done = spawnSync(bin('bdhvs-kiosk'), ['--list-screens'], { encoding: 'utf8', env: { ...process.env, XDG_CONFIG_HOME: config }, timeout: 10000 })
    check(done.signal === null && (done.status === 0 || (done.status >= 64 && done.status <= 78 && /bdhvs-kiosk\.conf|bdhvs-kiosk: /.test(done.stderr))), `settings file ${JSON.stringify(text.slice(0, 20))}: exit ${done.status} ${done.signal}: ${done.stderr}`)
  }
})

// --- sticks --------------------------------------------------------------------------

await cases.test('a hostile stick harms neither the kiosk nor the server', async () => {
  fresh()
  await stage.openServer()
  stage.enrol()
  await stage.stopServer() // what goes by stick must not go by network
  await stage.openKiosk()
  await guestLesson(stage)
  const stick = join(stage.dir, 'stick')
  const secret = join(stage.dir, 'secret')
  writeFileSync(secret, 'giữ kín')
  mkdirSync(join(stick, 'BDHVS', 'in'), { recursive: true })
  mkdirSync(join(stick, 'BDHVS', 'out'))
  const plant = folder => {
    symlinkSync(secret, join(folder, 'link-1.jws'))
    symlinkSync('/dev/zero', join(folder, 'zero-1.jws'))
    symlinkSync('/dev', join(folder, 'folder-link.jws'))
    mkdirSync(join(folder, 'folder-1.jws'))
    execFileSync('mkfifo', [join(folder, 'pipe-1.jws')])
    writeFileSync(join(folder, 'empty-1.jws'), '')
    writeFileSync(join(folder, 'huge-1.jws'), '')
    truncateSync(join(folder, 'huge-1.jws'), 2 ** 33)
    writeFileSync(join(folder, 'noise-1.jws'), Buffer.alloc(3000, 0xfe))
    writeFileSync(join(folder, '.hidden.jws'), 'x')
    writeFileSync(join(folder, 'autorun.inf'), 'x')
    writeFileSync(join(folder, `${'n'.repeat(240)}.jws`), 'x')
    writeFileSync(join(folder, 'tên có dấu; rm -rf .jws'), 'x')
    writeFileSync(join(folder, '$(reboot).jws'), 'x.y.z')
  }
  plant(join(stick, 'BDHVS', 'in'))
  plant(join(stick, 'BDHVS', 'out'))
  const first = spawnSync(bin('bdhvs-ctl'), ['--data', stage.data, 'courier', stick], { encoding: 'utf8', timeout: 20000 })
  same(first.status, 0, `courier: ${first.stdout}${first.stderr}`)
  const written = readdirSync(join(stick, 'BDHVS', 'out')).find(f => /^k[0-9a-f]{16}-\d+\.jws$/.test(f))
  check(written, 'the kiosk wrote its bundle all the same')
  const bundle = readFileSync(join(stick, 'BDHVS', 'out', written), 'utf8')
  writeFileSync(join(stick, 'BDHVS', 'out', 'cut-1.jws'), bundle.slice(0, bundle.length / 2))
  writeFileSync(join(stick, 'BDHVS', 'out', 'changed-1.jws'), bundle.replace(/.$/, c => (c === 'A' ? 'Q' : 'A')))
  const said = run(bin('bdhvs-server'), ['import', stick, '--db', stage.db])
  check(/^1 taken, \d+ refused, 0 left/.test(said), `the server took the one good file: ${said}`)
  same(stage.serverTotals(), stage.ctl('totals', '--json').trim(), 'totals')
  writeFileSync(join(stick, 'BDHVS', 'in', 'foreign-1.jws'), bundle)
  stage.ctl('courier', stick)
  const waiting = JSON.parse(stage.ctl('doctor', '--json'))
  check(!JSON.stringify(waiting).includes('giữ kín'), 'doctor')
  same(readFileSync(secret, 'utf8'), 'giữ kín', 'what the links point at')
  await closeWell(stage)
})

await cases.test('links in place of folders on a stick are not followed', async () => {
  const target = join(stage.dir, 'target')
  const stick = join(stage.dir, 'stick-2')
  mkdirSync(target)
  mkdirSync(join(stick, 'BDHVS'), { recursive: true })
  symlinkSync(target, join(stick, 'BDHVS', 'out'))
  symlinkSync(target, join(stick, 'BDHVS', 'in'))
  spawnSync(bin('bdhvs-ctl'), ['--data', stage.data, 'courier', stick])
  same(readdirSync(target), [], 'the kiosk wrote through the link')
  rmSync(join(stick, 'BDHVS', 'out'))
  cpSync(join(stage.dir, 'stick', 'BDHVS', 'out'), join(stick, 'BDHVS', 'out'), { recursive: true, filter: f => !/(pipe|huge)-1/.test(f) })
  spawnSync(bin('bdhvs-server'), ['import', stick, '--db', stage.db])
  same(readdirSync(target), [], 'the server wrote through the link')
})

await cases.test('a stick that is not there is never written to', async () => {
  for (const path of ['/dev/null', join(stage.dir, 'no-stick'), join(stage.dir, 'secret')]) {
    const kiosk = spawnSync(bin('bdhvs-ctl'), ['--data', stage.data, 'courier', path], { encoding: 'utf8' })
    const server = spawnSync(bin('bdhvs-server'), ['import', path, '--db', stage.db], { encoding: 'utf8' })
    same([kiosk.status, server.status], [1, 1], `${path}: ${kiosk.stdout}${kiosk.stderr}, ${server.stderr}`)
  }
})

await cases.test('a path is taken from where the asker stands', async () => {
  const here = join(stage.dir, 'here')
  const name = `stick-of-${process.pid}`
  mkdirSync(join(here, name), { recursive: true })
  await stage.openKiosk()
  const done = spawnSync(bin('bdhvs-ctl'), ['--data', stage.data, 'courier', name], { encoding: 'utf8', cwd: here })
  rmSync(name, { recursive: true, force: true }) // where the kiosk stands
  same(readdirSync(join(here, name)), ['BDHVS'], `on the stick (exit ${done.status}: ${done.stdout}${done.stderr})`)
})

await cases.end()
