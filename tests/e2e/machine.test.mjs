// The machine's own pages before played peers on a D-Bus: Wi-Fi as NetworkManager does it, with
// all that goes wrong; switching off by logind; the panel's lamp. A page answers at once,
// whatever the peers do, and a password is found nowhere.
import { mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Cases, check, same } from './cases.mjs'
import { Machine } from './machine.mjs'
import { HANH, MINH, StaffStage } from './staff.mjs'
import { pause } from './stage.mjs'

const SECRET = 'bi-mat-123'
const HEARD = [{ ssid: 'nha-van-hoa-02', strength: 80 }, { ssid: 'truong-bui-hui', strength: 40 }, { ssid: 'cho-que', rsn: 0, flags: 0, strength: 55 },
  { ssid: 'khong-dia-chi', strength: 50 }, { ssid: 'xa-lam', strength: 5 }, { ssid: 'co-quan', rsn: 0x200, strength: 30 }, { ssid: 'kieu-cu', rsn: 0, flags: 1, strength: 20 }]

const stage = new StaffStage('1280x800')
const cases = new Cases(stage)
const machine = new Machine(stage.dir)
const lamp = join(stage.dir, 'lamp', 'panel')

const said = text => stage.see(() => stage.page.nodes.some(n => `${n.text} ${n.value}`.includes(text)), `the words “${text}”`)
const rowOf = name => stage.nodes('nw.wifi#').find(n => n.text.startsWith(`${name},`))
// On whichever page of the list it stands.
async function row(name) {
  await stage.see(() => stage.nodes('nw.wifi#').length, 'the list')
  for (const id of ['page.down', 'page.up'])
    while (!rowOf(name) && stage.node(id)?.state.includes('disabled') === false) await stage.tap(id)
  return stage.see(() => rowOf(name), `${name} in the list`)
}
const choose = async name => stage.tap((await row(name)).id)

async function desk(who, screen, options = ['--bus', machine.address]) {
  await stage.openKiosk(['--no-sync', ...options])
  await stage.unlock()
  await stage.signIn(who)
  await stage.onScreen(screen)
}

async function network(options) {
  await desk(MINH, 'admin_stats', options)
  await stage.tap('nav.cai')
  await stage.onScreen('admin_settings')
  await stage.tap('se.netb')
  await stage.onScreen('admin_network')
}

// On a real keyboard: what is typed into this field is in no node, so nothing of it can be waited for.
async function typed(text) {
  for (const ch of text) {
    stage.key({ '-': 'minus', _: 'underscore', '!': 'exclam' }[ch] ?? ch)
    await pause(40)
  }
}

async function joinWith(name, password) {
  await choose(name)
  await stage.see(() => stage.node('nw.password'), 'the field')
  await typed(password)
  await stage.tap('nw.join')
  await stage.see(() => stage.node('nw.state'), 'the list')
}

async function peers(heard = HEARD) {
  await machine.stop('nm')
  await machine.openNetworkManager()
  machine.do({ card: true, hear: heard })
}

function everywhere(dir) {
  return readdirSync(dir, { recursive: true }).map(f => join(dir, String(f))).filter(f => statSync(f).isFile())
}

stage.provision()
await stage.openDisplay()
await machine.openBus()

await cases.test('opened by hand, it says that it leaves the network alone, and what works without one', async () => {
  await network([])
  await said('Không có mạng, máy vẫn dùng được')
  await said('được mở bằng tay')
  check(!stage.node('nw.hidden'), 'nothing to join')
  await stage.tap('of.back')
  await stage.tap('po.door')
  await said('được mở bằng tay')
  check(!stage.node('po.off'), 'no switch')
})

await cases.test('without NetworkManager, without a card, switched off: in words; a card comes, and networks', async () => {
  await network()
  await said('network-manager')
  await machine.openNetworkManager()
  await said('không có Wi-Fi')
  machine.do({ card: true })
  await said('Chưa nghe thấy Wi-Fi nào')
  machine.do({ WirelessHardwareEnabled: false })
  await said('nút gạt')
  machine.do({ WirelessHardwareEnabled: true, hear: HEARD })
  await row('nha-van-hoa-02')
  machine.do({ state: 10 })
  await said('do phần khác của máy giữ')
  machine.do({ state: 30 })
  await row('nha-van-hoa-02')
  await stage.tap('nw.switch')
  await said('Wi-Fi đang tắt')
  same(machine.do().on, false, 'switched off')
  await stage.tap('nw.switch')
  await row('nha-van-hoa-02')
  same(machine.do().on, true, 'on again')
})

await cases.test('a wrong password leaves nothing and is asked again; the right one joins, is kept, and is found nowhere', async () => {
  await peers()
  await network()
  await joinWith('nha-van-hoa-02', 'sai-mat-khau')
  await said('chưa đúng')
  same(machine.do().known, [], 'nothing is remembered')
  await stage.tap('nw.retype')
  await typed('ngan')
  await stage.tap('nw.join')
  await said('ít nhất 8 chữ')
  await stage.tap('kb.clear')
  await stage.tap('nw.show')
  await typed(SECRET)
  await cases.picture('machine-password')
  await stage.tap('nw.join')
  await said('Đã nối nha-van-hoa-02')
  await said('192.168.1.20')
  await cases.picture('machine-joined')
  const { last, known, calls } = machine.do()
  same(known, [{ ssid: 'nha-van-hoa-02', psk: SECRET, saved: true }], 'remembered once')
  same([last['key-mgmt'], last.persist, last.hidden], ['wpa-psk', 'volatile', false], 'how it was asked')
  check(calls.includes('Save'), `saved once it worked: ${calls}`)
  await stage.tap('nav.exit')
  await stage.closeKiosk()
  for (const file of [stage.log, ...everywhere(stage.data)]) check(!readFileSync(file).includes(SECRET), `no password in ${file}`)
  check(!stage.kiosk.complaints.includes(SECRET), 'none in the log')
  await network()
  await stage.see(() => stage.node('nw.state').text.includes('nha-van-hoa-02'), 'the joined one')
  await choose('nha-van-hoa-02')
  await stage.tap('nw.forget')
  await stage.tap('nw.forget.ask.yes')
  await stage.see(() => stage.node('nw.state')?.value.includes('Đã lưu 0'), 'nothing remembered')
  same(machine.do().known, [], 'forgotten')
})

await cases.test('no address, out of reach, not allowed, not kept: each in its own words', async () => {
  await peers()
  await network()
  await joinWith('khong-dia-chi', SECRET)
  await said('không cấp địa chỉ')
  await joinWith('xa-lam', SECRET)
  await said('Không nghe thấy xa-lam')
  machine.do({ deny: true })
  await joinWith('truong-bui-hui', SECRET)
  await said('không cho chương trình đổi mạng')
  machine.do({ deny: false, save: false })
  await joinWith('truong-bui-hui', SECRET)
  await said('tắt máy là quên')
  await choose('co-quan')
  await said('Mạng cơ quan')
  check(!stage.node('nw.join'), 'not from here')
  await stage.tap('of.back')
  await choose('kieu-cu')
  await said('WEP')
  check(!stage.node('nw.join'), 'not from here')
})

await cases.test('an open network, a hidden one, passwords of 63 and 64, a known one again', async () => {
  await peers()
  await network()
  await choose('cho-que')
  await said('không có khóa')
  await stage.tap('nw.join')
  await said('Đã nối cho-que')
  same(machine.do().last['key-mgmt'], '', 'without a lock')
  for (const password of ['a1'.repeat(31) + '9', '0123456789abcdef'.repeat(4)]) {
    machine.do({ password })
    await stage.tap('nw.hidden')
    await stage.see(() => stage.node('nw.name'), 'the name')
    await stage.type('an-danh')
    await stage.tap('reg.next')
    await stage.see(() => stage.node('nw.password'), 'the password')
    await typed(password)
    await stage.tap('nw.join')
    await said('Đã nối an-danh')
    const { last, known } = machine.do()
    same([last.psk, last.hidden, last.ap], [password, true, '/'], 'as it was typed')
    same(known.filter(k => k.ssid === 'an-danh').length, 1, 'the older one is dropped')
  }
  await choose('cho-que')
  await stage.tap('nw.join')
  await said('Đã nối cho-que')
  check(machine.do().calls.includes('ActivateConnection'), 'as remembered')
})

await cases.test('names of any bytes, 200 networks, strange messages: a list that can be read', async () => {
  await peers([{ ssid: [255, 254, 65], strength: 99 }, { ssid: 'Nhà 😀', strength: 98 }, { ssid: '\u202eđảo', strength: 97 }, { ssid: '%n{ten}', strength: 96 },
    { ssid: 'x'.repeat(32), strength: 95 }, { ssid: [0], strength: 94 }, ...Array.from({ length: 200 }, (_, i) => ({ ssid: `thon-${i}`, strength: i % 80 }))])
  machine.do({ strange: true })
  await network()
  await row('??A')
  await row('?đảo')
  await row('%n{ten}')
  await cases.picture('machine-hostile')
  await row('x'.repeat(32))
  await stage.tap(stage.nodes('nw.wifi#')[0].id)
  await stage.see(() => stage.node('nw.password'), 'its page')
})

await cases.test('peers that stop, end and come again: the page answers at once and says what is the matter', async () => {
  await peers()
  await network()
  await row('nha-van-hoa-02')
  machine.running.nm.kill('SIGSTOP')
  await choose('cho-que') // what is heard is old, and can still be read
  await stage.tap('of.back')
  await said('chưa trả lời')
  machine.running.nm.kill('SIGCONT')
  await row('nha-van-hoa-02')
  await choose('nha-van-hoa-02')
  machine.running.nm.kill('SIGSTOP')
  await typed(SECRET)
  await stage.tap('nw.join')
  await said('Đang nối vào')
  await stage.tap('of.back')
  await stage.onScreen('admin_settings')
  await stage.tap('se.netb')
  await machine.stop('nm')
  await said('máy không trả lời kịp')
  await said('network-manager')
  await peers()
  await row('nha-van-hoa-02')
  await machine.stop('nm')
  await machine.stop('bus')
  await said('D-Bus')
  await machine.openBus()
  await peers()
  await row('nha-van-hoa-02')
})

await cases.test('nobody looks: nobody is connected', async () => {
  const guests = () => machine.call('org.freedesktop.DBus', '/', 'org.freedesktop.DBus.ListNames').match(/:1\.\d+/g).length
  await peers()
  const before = guests()
  await network()
  await row('nha-van-hoa-02')
  same(guests(), before + 1, 'the page is connected')
  await stage.tap('of.back')
  await stage.onScreen('admin_settings')
  await stage.see(() => guests() === before, 'the connection to end')
})

await cases.test('a volunteer switches the machine off after the class; the program ends in order', async () => {
  await machine.openLogind()
  await desk(HANH, 'class_open')
  await stage.tap('po.door')
  await stage.onScreen('power')
  await stage.tap('po.off')
  await stage.tap('po.ask.no')
  check(!machine.running.logind.said.includes('PowerOff'), 'not yet')
  await stage.tap('po.off')
  await cases.picture('machine-power-ask')
  await stage.tap('po.ask.yes')
  await said('Máy đang tắt')
  await said('đếm đến mười')
  await stage.see(() => /PowerOff (False|0)/i.test(machine.running.logind.said), 'logind to be asked')
  same(stage.page.nodes.filter(n => n.role !== 'title' && n.role !== 'text').map(n => n.id), [], 'nothing to touch')
  await cases.picture('machine-going')
  await stage.closeKiosk() // as systemd does
  same(stage.kiosk.exitCode, 0, 'in order')
  same(machine.running.logind.said.match(/PowerOff/g).length, 1, 'once')
  await desk(MINH, 'admin_stats')
  await stage.tap('nav.nk')
  await said('Tắt máy')
})

await cases.test('restarting; and who may not, is held up, or finds nobody to ask, is told so', async () => {
  const raise = error => machine.call('org.freedesktop.login1', '/org/freedesktop/login1', 'org.freedesktop.DBus.Mock.AddMethod', 'string:org.freedesktop.login1.Manager', 'string:Reboot', 'string:b', 'string:', `string:raise dbus.exceptions.DBusException('no', name='${error}')`)
  const again = async words => {
    await stage.tap('po.again')
    await stage.tap('po.ask.yes')
    await said(words)
  }
  await desk(MINH, 'admin_stats')
  await stage.tap('nav.cai')
  await stage.tap('po.door')
  await stage.onScreen('power')
  raise('org.freedesktop.DBus.Error.AccessDenied')
  await again('không cho chương trình tắt máy')
  raise('org.freedesktop.login1.BlockedByInhibitorLock')
  await again('Chờ vài phút')
  raise('org.freedesktop.login1.SomethingElse')
  await again('chưa tắt được')
  await machine.stop('logind')
  await again('logind')
  await machine.openLogind()
  await again('đang khởi động lại')
  await stage.see(() => machine.running.logind.said.includes('Reboot'), 'logind to be asked')
})

await cases.test('the lamp of the panel follows the setting, stays so after a start, and is never dark', async () => {
  const now = () => Number(readFileSync(join(lamp, 'brightness'), 'utf8'))
  await desk(MINH, 'admin_stats')
  await stage.tap('nav.cai')
  await stage.onScreen('admin_settings')
  check(!stage.node('se.bri'), 'no row without a lamp')
  await stage.closeKiosk()
  mkdirSync(lamp, { recursive: true })
  writeFileSync(join(lamp, 'max_brightness'), '200\n')
  writeFileSync(join(lamp, 'brightness'), '33\n')
  await desk(MINH, 'admin_stats', ['--backlight', join(lamp, '..')])
  same(now(), 200, 'as it is set')
  await stage.tap('nav.cai')
  for (let i = 0; i < 8; i++) await stage.tap('se.bri.at.less')
  await said('20%')
  same(now(), 40, 'a fifth')
  const before = stage.lines.length
  const at = stage.node('se.bri.at.less')
  stage.kiosk && await stage.tap('se.bri.at.more')
  check(at && stage.lines.length > before, 'the way back')
  same(now(), 60, 'and back')
  await stage.closeKiosk()
  writeFileSync(join(lamp, 'brightness'), '200\n')
  await stage.openKiosk(['--no-sync', '--backlight', join(lamp, '..')])
  await stage.onScreen('attract')
  same(now(), 60, 'after a start')
})

await machine.close()
await cases.end()
