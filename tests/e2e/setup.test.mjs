// A new machine: set up on screen from the ruler to the first administrator; the PIN leads in;
// after the next start names are locked, and the passphrase, then the recovery code, open them.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import test from 'node:test'
import { StaffStage } from './staff.mjs'
import { bin, run } from './stage.mjs'

const PIN = '482915'
const PASSPHRASE = 'nuoc suoi trong'
const SIZES = (process.env.BDHVS_SIZES ?? '1280x800').split(' ')
const LOOK = process.env.BDHVS_LOOK // a folder for pictures

for (const size of SIZES)
  test(`set-up at ${size}`, async t => {
    const s = new StaffStage(size)
    t.after(() => s.close())
    let n = 0
    const look = async name => { if (LOOK) { mkdirSync(LOOK, { recursive: true }); await s.picture(join(LOOK, `${size}-${++n}-${name}.png`)) } }
    const next = async () => s.tap('reg.next')
    await s.openDisplay()
    await s.openKiosk()
    await s.tap('attract.staff')
    await s.onScreen('setup')
    await look('ruler')
    await s.tap('su.dpi.more')
    await next()
    if (s.node('su.net.sub')) {
      await look('net')
      await next()
    }
    await s.see(() => s.node('su.commune.sub'))
    await s.type('xa thu')
    await look('commune')
    await next()
    await s.see(() => s.node('su.thon.sub') || s.nodes('list.pick').length)
    await s.tap('list.pick#1')
    await s.tap('list.pick#1')
    await look('thon')
    await next()
    await s.see(() => s.node('su.units'))
    await s.tap('list.pick#1')
    await look('units')
    await next()
    await s.see(() => s.node('su.thon'))
    await s.tap('list.pick#1')
    await look('place')
    await next()
    await s.see(() => s.node('su.alias.sub'))
    await s.type('co hanh')
    await look('alias')
    await next()
    await s.see(() => s.node('code.1'))
    await s.pin('123456')
    await s.see(() => s.node('desk.say'))
    await look('easy-pin')
    await s.pin(PIN)
    await s.pin('482916')
    await s.see(() => s.node('desk.say'))
    await s.pin(PIN)
    await s.pin(PIN)
    await s.see(() => s.node('su.passphrase.sub'))
    await s.type('ngan')
    await next()
    await s.see(() => s.node('desk.say'))
    for (let i = 0; i < 4; i++) s.key('BackSpace')
    await s.type(PASSPHRASE)
    await look('passphrase')
    await next()
    await s.see(() => s.node('su.recovery.code')).catch(e => { throw new Error(`${e.message}: ${s.node('desk.say')?.text} ${s.kiosk.complaints}`) })
    const recovery = s.node('su.recovery.code').text
    assert.match(recovery, /^[0-9A-Z]{4}(-[0-9A-Z]{2,4})+$/)
    await look('recovery')
    await s.tap('su.done')
    await look('written')
    await s.tap('su.written.yes')
    await s.onScreen('staff_signin')
    await look('signin')
    await s.pin(PIN)
    await s.see(() => s.screen !== 'staff_signin')
    await look('inside')

    // the power goes: names are locked, and the secrets open them
    await s.closeKiosk('SIGKILL')
    await s.openKiosk()
    await s.tap('attract.staff')
    await s.onScreen('locked')
    await look('locked')
    await s.type('khong phai cau do')
    await s.tap('lk.go')
    await s.see(() => s.node('desk.say')?.text.startsWith('Chưa khớp'))
    await s.type(PASSPHRASE)
    await s.tap('lk.go')
    await s.onScreen('staff_signin')

    await s.closeKiosk()
    await s.openKiosk()
    await s.tap('attract.staff')
    await s.onScreen('locked')
    await s.tap('lk.recovery')
    await s.type(recovery.toLowerCase().replaceAll('-', ''))
    await look('recovery-typed')
    await s.tap('lk.go')
    await s.see(() => s.node('lk.new'))
    await s.type('mot cau moi hoan toan')
    await s.tap('lk.go')
    await s.onScreen('staff_signin')
  })

test('--check: a changed line in the log of staff is found', t => {
  const s = new StaffStage('800x480')
  t.after(() => s.close())
  s.provision()
  const look = () => spawnSync(bin('bdhvs-kiosk'), ['--data', s.data, '--pack', s.pack, '--pack-key', s.packKey, '--check'], { encoding: 'utf8' })
  const before = look()
  assert.equal(before.status, 0, before.stdout)
  assert.match(before.stdout, /^audit: ok$/m)
  run('sqlite3', [join(s.data, 'kiosk.db'), "DROP TRIGGER audit_is_never_changed; UPDATE audit SET actor = 'somebody' WHERE seq = (SELECT max(seq) FROM audit)"])
  const after = look()
  assert.equal(after.status, 1)
  assert.match(after.stdout, /^audit: changed$/m)
  assert.match(after.stdout, /^database: ok$/m)
})
