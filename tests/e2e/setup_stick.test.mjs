// A new machine is set up by one signed file on a stick: what is offered, asked and done, and every
// stick that is refused.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import test from 'node:test'
import { HANH, MINH, PASSPHRASE, SETUP, StaffStage } from './staff.mjs'
import { bin, run } from './stage.mjs'

const SIZES = (process.env.BDHVS_SIZES ?? '1280x800').split(' ')
const LOOK = process.env.BDHVS_LOOK // a folder for pictures
const look = async (s, name) => { if (LOOK) { mkdirSync(LOOK, { recursive: true }); await s.picture(join(LOOK, `${s.size ?? ''}-${name}.png`)) } }

// Without the secrets, which somebody types at the machine.
const OPEN = { ...SETUP, passphrase: undefined, staff: [HANH, { ...MINH, pin: undefined }], server: { url: 'https://xa.example:8443', code: 'ABCD1234' }, settings: { bar_low: 1 } }

function keys(folder, name) {
  run('minisign', ['-G', '-W', '-f', '-p', join(folder, `${name}.pub`), '-s', join(folder, `${name}.key`)])
  return join(folder, name)
}

// A stick with that text as set-up file, signed by `key`; in a folder beside the one that is looked at.
function stick(s, name, text, key) {
  const folder = join(s.dir, 'sticks', name), file = join(folder, 'BDHVS', 'provision.json')
  mkdirSync(join(folder, 'BDHVS'), { recursive: true })
  writeFileSync(file, text)
  if (key) run('minisign', ['-S', '-s', `${key}.key`, '-m', file])
  return folder
}
// There at once with all its files, as a mount is.
function plug(s, folder) {
  cpSync(folder, join(s.dir, 'plugging'), { recursive: true })
  renameSync(join(s.dir, 'plugging'), join(s.dir, 'usb', 'KINGSTON'))
}
const staff = s => run('sqlite3', [join(s.data, 'kiosk.db'), 'SELECT count(*) FROM staff']).trim()
const pull = s => rmSync(join(s.dir, 'usb', 'KINGSTON'), { recursive: true, force: true })

async function begin(s, key) {
  mkdirSync(join(s.dir, 'usb'), { recursive: true })
  await s.openDisplay()
  await s.openKiosk(['--no-sync', '--usb', join(s.dir, 'usb'), '--provision-key', key])
  await s.tap('attract.staff')
  await s.onScreen('setup')
  await s.see(() => s.node('su.size'))
}

for (const size of SIZES)
  test(`set up from a stick at ${size}: only the secrets are typed`, async t => {
    const s = new StaffStage(size)
    s.size = size
    t.after(() => s.close())
    const key = keys(s.dir, 'office')
    await begin(s, `${key}.pub`)
    plug(s, stick(s, 'good', JSON.stringify(OPEN), key))
    await s.see(() => s.node('su.file.yes'), 'what the file would do')
    assert.match(s.node('su.file.commune').text, /xã Đặng Thùy Trâm/)
    assert.match(s.node('su.file.lists').text, /^Có 7 thôn, 2 đơn vị, 0 buổi học trong lịch, 1 mục/)
    assert.match(s.node('su.file.staff').text, /^2 cán bộ, quản trị đầu tiên là Võ Văn Minh/)
    assert.ok(s.node('su.file.asks.both') && !s.node('su.file.secret'))
    await look(s, 'offer')
    assert.match(s.ctl('provision', join(s.dir, 'sticks/good/BDHVS/provision.json'), '--dry-run'), /nothing was changed/) // nor did looking
    await s.tap('su.file.yes')
    await s.see(() => s.node('code.1'))
    await look(s, 'pin')
    await s.pin(MINH.pin)
    await s.pin(MINH.pin)
    await s.see(() => s.node('su.passphrase.sub'))
    await s.type(PASSPHRASE)
    await s.tap('reg.next')
    await s.see(() => s.node('su.recovery.code'))
    await look(s, 'recovery')
    await s.tap('su.done')
    await s.tap('su.written.yes')
    await s.onScreen('staff_signin')
    await s.tap('bar.back')
    await s.onScreen('attract')
    await s.signIn(MINH)
    await s.see(() => s.screen !== 'staff_signin')

    // names are sealed by what was typed
    await s.closeKiosk('SIGKILL')
    assert.equal(staff(s), '2')
    await s.openKiosk(['--no-sync'])
    await s.unlock()
  })

test('a file that holds everything sets up in one touch, and says that it holds secrets', async t => {
  const s = new StaffStage('800x480')
  s.size = '800x480'
  t.after(() => s.close())
  const key = keys(s.dir, 'office')
  await begin(s, `${key}.pub`)
  plug(s, stick(s, 'whole', JSON.stringify(SETUP), key))
  await s.see(() => s.node('su.file.secret'))
  await look(s, 'whole')
  await s.tap('su.file.yes')
  await s.see(() => s.node('su.recovery.code'))
})

test('sticks that are refused: each says why, and the machine is set up by hand as before', async t => {
  const s = new StaffStage('1280x800')
  s.size = '1280x800'
  t.after(() => s.close())
  const key = keys(s.dir, 'office'), other = keys(s.dir, 'stranger')
  await begin(s, `${key}.pub`)
  const good = stick(s, 'changed', JSON.stringify(SETUP), key)
  writeFileSync(join(good, 'BDHVS', 'provision.json'), JSON.stringify({ ...SETUP, commune: { code: '1', name: 'xã khác' } }))
  const cases = [
    ['unsigned', stick(s, 'unsigned', JSON.stringify(SETUP)), 'su.file.unsigned'],
    ['by a stranger', stick(s, 'stranger', JSON.stringify(SETUP), other), 'su.file.unsigned'],
    ['changed after it was signed', good, 'su.file.unsigned'],
    ['no JSON', stick(s, 'text', 'xin chào', key), 'su.file.faulty'],
    ['a PIN that is easy', stick(s, 'pin', JSON.stringify({ ...SETUP, staff: [{ ...MINH, pin: '123456' }] }), key), 'su.file.faulty'],
    ['larger than any', stick(s, 'large', JSON.stringify({ ...SETUP, units: { u01: 'x'.repeat(70000) } }), key), 'su.file.unread'],
  ]
  for (const [what, folder, words] of cases) {
    plug(s, folder)
    await s.see(() => s.node(words), what)
    await look(s, `refused-${what.replaceAll(' ', '-')}`)
    assert.ok(!s.node('su.file.yes'), `${what}: nothing to agree to`)
    if (what.startsWith('a PIN')) assert.match(s.node(words).text, /staff\[0\]\.pin/)
    await s.tap('su.file.no')
    await s.see(() => s.node('su.size'))
    pull(s)
    await s.see(() => !s.node('su.file.no'))
    await new Promise(resolve => setTimeout(resolve, 300)) // the stick is seen to be gone
  }

  // pulled out between the page and the touch
  plug(s, stick(s, 'pulled', JSON.stringify(SETUP), key))
  await s.see(() => s.node('su.file.yes'))
  pull(s)
  await s.tap('su.file.yes')
  await s.see(() => s.node('desk.say')?.text.startsWith('Không còn thấy tệp'))
  await s.closeKiosk()
  assert.equal(staff(s), '0')
})

test('a machine without a key, or one that is set up, takes no file from a stick', async t => {
  const s = new StaffStage('800x480')
  t.after(() => s.close())
  const key = keys(s.dir, 'office')
  await begin(s, join(s.dir, 'none.pub'))
  plug(s, stick(s, 'good', JSON.stringify(SETUP), key))
  await s.see(() => s.node('su.file.no-key'))
  await s.closeKiosk()
  s.provision()
  await s.openKiosk(['--no-sync', '--usb', join(s.dir, 'usb'), '--provision-key', `${key}.pub`])
  await s.tap('attract.staff')
  await s.onScreen('locked')
})

test('bdhvs-ctl provision: signed, --dry-run, every fault at once', t => {
  const s = new StaffStage('800x480')
  t.after(() => s.close())
  const key = keys(s.dir, 'office'), other = keys(s.dir, 'stranger')
  mkdirSync(s.data, { recursive: true, mode: 0o700 })
  const file = join(s.dir, 'm.json')
  const ctl = (...words) => spawnSync(bin('bdhvs-ctl'), ['--data', s.data, '--provision-key', `${key}.pub`, 'provision', ...words], { encoding: 'utf8', cwd: s.dir })
  writeFileSync(file, JSON.stringify(OPEN))
  assert.match(ctl('m.json', '--dry-run').stderr, /not signed/)
  run('minisign', ['-S', '-s', `${other}.key`, '-m', file])
  assert.equal(ctl('m.json').status, 1)
  run('minisign', ['-S', '-s', `${key}.key`, '-m', file])
  const would = ctl('--dry-run', 'm.json')
  assert.equal(would.status, 0, would.stderr)
  assert.match(would.stdout, /nothing was changed[^]*xã Đặng Thùy Trâm[^]*7 thon, 2 units[^]*2 staff, first administrator: Võ Văn Minh[^]*https:\/\/xa\.example[^]*asked on screen: the administrator's PIN the passphrase[^]*signature: good/)
  const lacking = ctl('m.json')
  assert.equal(lacking.status, 1)
  assert.match(lacking.stderr, /staff\[1\]\.pin: [^]*passphrase: at least 10/)

  const wrong = { ...SETUP, passphrase: 'ngan', pasphrase: 'x', thon: { t01: '' }, settings: { idle_s: 1, what: 2 }, server: { url: 'http://x' }, calendar: [{ weekday: 9 }], staff: [{ alias: 'A', role: 'mayor', pin: '111111', picture: 77 }], units: [] }
  writeFileSync(file, JSON.stringify(wrong))
  run('minisign', ['-S', '-s', `${key}.key`, '-m', file])
  const said = ctl('m.json', '--dry-run')
  assert.equal(said.status, 1)
  for (const place of ['pasphrase', 'units', 'server.url', 'settings.idle_s', 'settings.what', 'thon.t01', 'calendar[0].weekday', 'staff[0].role', 'staff[0].picture', 'staff[0].pin', 'staff: an administrator', 'passphrase'])
    assert.ok(said.stderr.includes(place), `${place}: ${said.stderr}`)
  assert.equal(ctl('m.json').status, 1)

  writeFileSync(file, JSON.stringify(SETUP))
  run('minisign', ['-S', '-s', `${key}.key`, '-m', file])
  assert.match(ctl('m.json', '--dry-run').stdout, /secrets in the clear/)
  const done = ctl('m.json')
  assert.equal(done.status, 0, done.stderr)
  assert.match(JSON.parse(done.stdout).recovery, /^[0-9A-Z]{4}-/)
  assert.match(ctl('m.json').stderr, /set up already/)
})
