// A stick is put in, and pulled in the middle of a write: the page says that it was not written, the
// kiosk goes on and keeps what it has, and put in again the same write goes well. Then sticks that
// are full, locked, garbage, or full of links and pipes.
import { execFileSync } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { chmodSync, existsSync, mkdirSync, readFileSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { check, same } from '../../e2e/cases.mjs'
import { run } from '../../e2e/stage.mjs'
import { MINH, SETUP } from '../../e2e/staff.mjs'
import { Stick, USB, blank, ext4, fat, fill } from '../stick.mjs'

const SLOW = 500 // bytes a second: a report takes a minute
const MOUNTS = '/run/bdhvs-usb'
const SECRETS = '/etc/bdhvs'

export const words = ['seen', 'still']
export const devices = [USB]

const texts = stage => stage.page.nodes.map(n => `${n.text ?? ''} ${n.value ?? ''}`).join('\n')
const says = (stage, words) => stage.see(() => texts(stage).includes(words), `the words “${words}”`).catch(e => { throw new Error(`${e.message}: ${texts(stage)}`) })
const sha256 = file => createHash('sha256').update(readFileSync(file)).digest('hex')

async function setUp(stage) {
  const setup = { ...SETUP, settings: { staff_s: 1800 } } // an emulator is slower than staff
  await stage.shell(`echo '${JSON.stringify(setup)}' >/run/setup.json; chmod 644 /run/setup.json`)
  await stage.shell('systemctl stop bdhvs-kiosk') // so only then
  await stage.inside('provision', '/run/setup.json')
  stage.lines.length = 0
  await stage.shell('systemctl start bdhvs-kiosk')
  await stage.onScreen('attract')
}

async function signIn(stage) {
  await stage.tap('attract.staff')
  await stage.onScreen('locked')
  await stage.tap('lk.without')
  await stage.onScreen('staff_signin')
  await stage.tap(stage.nodes('pin.who#').find(n => n.text === MINH.alias).id)
  for (const digit of MINH.pin) await stage.tap(`code.${digit}`)
  await stage.onScreen('admin_stats')
}

async function plug(stage, stick, label) {
  await stick.plug()
  await says(stage, 'Đã thấy USB')
  check(texts(stage).includes(label), `it is called ${label}: ${texts(stage)}`)
}

async function isGone(stage) {
  await stage.see(async () => !(await stage.shell('cat /proc/mounts')).includes(MOUNTS) && (await stage.shell(`ls ${MOUNTS}`)).trim() === '', 'the mount and its folder to go')
  await stage.see(() => !texts(stage).includes('Đã thấy USB'), 'the page to say so')
}

async function pull(stage, stick) {
  await stick.pull()
  await isGone(stage)
}

// A write of the kiosk to the stick is on its way, and not through.
async function isWriting(stage) {
  await stage.see(async () => (await stage.shell('cat /sys/block/sd*/stat')).trim().split(/\s+/)[8] > 0, 'a write that takes its time')
}

// `act` writes; the stick is pulled in the middle of it; the page then says `words`.
async function pullWhile(stage, stick, button, words) {
  await stick.slow(SLOW)
  await stage.see(() => stage.node(button) && !stage.node(button).state.includes('disabled'), button)
  await stage.touch(button)
  await isWriting(stage)
  check(!/Ghi xong|được rút|chép ra USB, đọc lại/.test(texts(stage)), `too early: ${texts(stage)}`)
  await stick.pull()
  await says(stage, words)
  check(!/Ghi xong|Rút USB được|chép ra USB, đọc lại/.test(texts(stage)), `not true: ${texts(stage)}`)
  await isGone(stage)
}

// Each file of a report under its final name is whole.
function assertWhole(folder) {
  const names = existsSync(folder) ? readdirSync(folder).filter(name => !name.endsWith('.new')) : []
  for (const name of names) {
    const file = join(folder, name)
    if (name.endsWith('.csv')) check(/\n$/.test(readFileSync(file, 'utf8')), `${name} ends`)
    else execFileSync('7z', ['t', file], { stdio: 'ignore' })
  }
  return names
}

async function reports(stage, picture) {
  const stick = new Stick(stage.vm, fat(join(stage.dir, 'kingston'), 'KINGSTON'))
  await stage.tap('nav.xuat')
  await stage.onScreen('admin_export')
  await plug(stage, stick, 'KINGSTON')
  const options = await stage.shell(`grep ${MOUNTS}/KINGSTON /proc/mounts`)
  for (const option of ['nosuid', 'nodev', 'noexec', 'nosymfollow']) check(options.includes(option), `${option} in ${options}`)
  await pullWhile(stage, stick, 'ex.go', 'USB bị rút ra giữa chừng')
  check(texts(stage).includes('Tệp chưa ghi được'), `what became of it: ${texts(stage)}`)
  await stage.picture(picture('pulled'))
  const half = assertWhole(join(stick.copyOut(join(stage.dir, 'half'), { mend: true }), 'out'))
  check(half.length < 3, `what was pulled has all files: ${half}`)

  await plug(stage, stick, 'KINGSTON')
  await stage.tap('ex.go')
  await says(stage, 'Ghi xong')
  const seen = await stage.shell(`cd ${MOUNTS}/KINGSTON/BDHVS/out && sha256sum *`)
  await stage.tap('ex.finish')
  await says(stage, 'Rút USB được rồi')
  await stage.picture(picture('written'))
  await pull(stage, stick)
  const out = join(stick.copyOut(join(stage.dir, 'whole')), 'out')
  same(assertWhole(out).length, 3, 'files of the report')
  same(seen, readdirSync(out).sort().map(name => `${sha256(join(out, name))}  ${name}\n`).join(''), 'what is on it, seen from outside')
  await stage.tap('ex.finish')
  await stage.onScreen('admin_stats')
  return stick
}

async function copies(stage, stick) {
  const kept = () => stage.shell('ls /var/lib/bdhvs/backup')
  await stage.tap('nav.cai')
  await stage.onScreen('admin_settings')
  await stage.tap('se.backup')
  await stage.onScreen('admin_backup')
  await stick.plug()
  await stage.see(async () => (await stage.shell('cat /proc/mounts')).includes(MOUNTS), 'the mount')
  await pullWhile(stage, stick, 'bu.make', 'chưa chép được ra USB')
  check(/\.db/.test(await kept()), 'a copy in the machine')
  await stick.plug()
  await stage.see(async () => (await stage.shell('cat /proc/mounts')).includes(MOUNTS), 'the mount')
  await stage.tap('bu.make')
  await says(stage, 'chép ra USB, đọc lại khớp')
  await pull(stage, stick)
  const folder = stick.copyOut(join(stage.dir, 'copy'))
  const copy = readdirSync(folder).filter(name => name.endsWith('.db'))
  check(copy.length >= 1, `a copy among ${readdirSync(folder)}`)
  for (const name of copy) same(run('sqlite3', [join(folder, name), 'PRAGMA integrity_check']).trim(), 'ok', name)
}

// Sticks with which something is wrong: the page says what, and nothing else happens.
async function others(stage, picture) {
  await stage.tap('nav.xuat')
  await stage.onScreen('admin_export')
  const names = stage.nodes('ex.file#').map(n => n.text)
  same(names.length, 3, 'files that will be written')

  const full = new Stick(stage.vm, fat(join(stage.dir, 'full'), 'FULL'))
  fill(full.file, 12288)
  await plug(stage, full, 'FULL')
  await stage.tap('ex.go')
  await says(stage, 'USB không đủ chỗ')
  await pull(stage, full)
  same(assertWhole(join(full.copyOut(join(stage.dir, 'of-full')), 'out')).length < 3, true, 'not all fits')

  const locked = new Stick(stage.vm, fat(join(stage.dir, 'locked'), 'LOCKED'), { locked: true })
  const before = sha256(locked.file)
  await plug(stage, locked, 'LOCKED')
  await stage.tap('ex.go')
  await says(stage, 'USB này không cho ghi')
  await pull(stage, locked)
  same(sha256(locked.file), before, 'a locked stick')

  // of Linux, with traps where the report goes
  const trap = join(stage.dir, 'trap'), out = join(trap, 'BDHVS', 'out')
  mkdirSync(out, { recursive: true })
  symlinkSync(`${SECRETS}/bdhvs-kiosk.conf`, join(out, names[0]))
  run('mkfifo', [join(out, `${names[1]}.new`)])
  for (const folder of [trap, join(trap, 'BDHVS'), out]) chmodSync(folder, 0o777)
  const traps = new Stick(stage.vm, ext4(join(stage.dir, 'traps'), 'TRAPS', trap))
  const conf = await stage.shell(`sha256sum ${SECRETS}/bdhvs-kiosk.conf`)
  await plug(stage, traps, 'TRAPS')
  await stage.tap('ex.go')
  await says(stage, 'tệp lạ trùng tên')
  await stage.picture(picture('trap'))
  check(await stage.shell(`cat ${MOUNTS}/TRAPS/BDHVS/out/${names[0]} 2>&1 || echo no`).then(said => /no$/.test(said.trim())), 'a link on a stick is followed')
  await stage.shell(`rm ${MOUNTS}/TRAPS/BDHVS/out/${names[0]}`)
  await stage.tap('ex.go') // the pipe is taken away, not written into
  await says(stage, 'Ghi xong')
  await stage.tap('ex.again')
  same(await stage.shell(`sha256sum ${SECRETS}/bdhvs-kiosk.conf`), conf, 'what the link points at')
  await pull(stage, traps)

  // no file system, and one that only begins like one
  const noise = blank(join(stage.dir, 'noise'), 4), torn = fat(join(stage.dir, 'torn'), 'TORN')
  writeFileSync(noise, randomBytes(4 << 20))
  const bytes = readFileSync(torn)
  randomBytes(bytes.length - 512).copy(bytes, 512)
  writeFileSync(torn, bytes)
  for (const file of [noise, torn]) {
    const stick = new Stick(stage.vm, file)
    await stick.plug()
    await stage.see(async () => /sd[a-z]/.test(await stage.shell('cat /proc/partitions')), 'the disk')
    await stage.shell('udevadm settle')
    same(await stage.unit('ActiveState'), 'active', `the kiosk with ${file}`)
    await pull(stage, stick)
  }
}

export async function play(stage, picture) {
  await stage.boot()
  await stage.onScreen('attract')
  await setUp(stage)
  await stage.inside('person', 'add', '--thon', 't03', '--sex', 'f', '--band', 'b4', '--group', 'g2')
  const totals = await stage.inside('totals', '--json')
  check(totals.includes('registered'), 'something is counted')
  const pid = await stage.unit('MainPID')
  await signIn(stage)
  const stick = await reports(stage, picture)
  console.log('       pulled while a report was written; then written whole')
  await copies(stage, stick)
  console.log('       pulled while a copy was written; then written whole')
  await others(stage, picture)
  await stage.tap('nav.exit')
  await stage.onScreen('attract')
  same(await stage.inside('totals', '--json'), totals, 'the totals')
  check(/agrees with the events/.test(await stage.inside('rebuild', '--verify')), 'totals and events agree')
  const doctor = JSON.parse(await stage.shell('runuser -u vm -- bdhvs-ctl doctor --json || true'))
  same([doctor.db, doctor.audit], ['ok', 'ok'], 'what the doctor says')
  same([await stage.unit('NRestarts'), await stage.unit('MainPID')], ['0', pid], 'the kiosk, the very same')
  check(stage.lines.every(l => !l.fault), 'no page with a fault')
  return 'pulled in mid-write twice, written whole when put in again; full, locked, garbage and trapped sticks did no harm'
}
