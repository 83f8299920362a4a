// An official renames a thôn and writes a notice; after the next sending it stands on the first
// page of the kiosk, is read aloud, counts when somebody is there, and goes when it is taken
// down. A kiosk without a network gets both from the stick.
import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { Cases, check, same } from './cases.mjs'
import { count, guestHome, leave, smallPack } from './small.mjs'
import { MINH, StaffStage } from './staff.mjs'
import { bin, run } from './stage.mjs'

const LOOK = process.env.BDHVS_LOOK // a folder for pictures
const size = process.env.BDHVS_SIZE ?? '1280x800'
const day = n => new Date(Date.now() + 7 * 3600e3 + n * 86400e3).toISOString().slice(0, 10)
const WORDS = 'Sáng thứ bảy, lúc 8 giờ, nhà văn hóa thôn có lớp tập gọi hình cho con cháu. Mời bà con đến, mang theo điện thoại nhé!'
const OTHER = 'Chợ phiên tuần này họp sớm một ngày.'

const stage = new StaffStage(size)
const cases = new Cases(stage)
const small = smallPack(join(stage.dir, 'packs'))
stage.pack = small.pack
stage.packKey = small.pub
const set = (key, value) => run(bin('bdhvs-server'), ['set', key, value, '--db', stage.db])
const said = id => stage.node(id)?.text ?? ''
const look = async name => { if (LOOK) { mkdirSync(LOOK, { recursive: true }); await stage.picture(join(LOOK, `${size}-${name}.png`)) } }
const kioskSql = sql => run('sqlite3', [join(stage.data, 'kiosk.db'), sql]).trim()
const inside = () => {
  const a = stage.node('attract.notice'), b = stage.node('attract.start')
  check(a.y + a.h <= b.y, 'the notice stands above the start button')
}

stage.provision()
await stage.openDisplay()
stage.env.SDL_AUDIODRIVER = 'dummy'
stage.sound = true
await stage.openServer()
set('thon.t01', 'Nước Giáp')
stage.enrol()

await cases.test('without a notice the first page is as it was', async () => {
  await stage.openKiosk()
  await stage.onScreen('attract')
  check(!stage.nodes('attract.notice').length, 'nothing of a notice')
  check(said('attract.sub'), 'the line below the title')
})

await cases.test('what officials change is on the kiosk after the next sending', async () => {
  await stage.openKiosk()
  await stage.onScreen('attract')
  set('thon.t01', 'Nước Giáp Thượng')
  set('notice.tb1', `${day(-1)}; ${day(3)}; ${WORDS}; Ủy ban nhân dân xã Đặng Thùy Trâm`)
  stage.ctl('sync')
  await stage.see(() => said('attract.notice') === WORDS, 'the notice')
  inside()
  await look('notice')
  await stage.unlock()
  await stage.signIn(MINH)
  await stage.see(() => stage.node('nav.tk'), 'the rail')
  if (stage.screen !== 'admin_stats') await stage.tap('nav.tk')
  await stage.tap('st.view.thon')
  await stage.tap('st.door.base')
  await stage.onScreen('admin_units')
  await stage.see(() => stage.page.nodes.some(n => n.text.includes('Nước Giáp Thượng')), 'the new name of the thôn')
})

await cases.test('it is read aloud, and counts once for who is there', async () => {
  await stage.openKiosk()
  await stage.onScreen('attract')
  stage.ctl('sync')
  await stage.see(() => said('attract.notice') === WORDS, 'the notice')
  await stage.tap('attract.notice.listen')
  await stage.see(() => stage.lines.some(l => l.speak === WORDS && l.clip === 'draft'), 'its draft')
  await stage.atRest()
  await guestHome(stage)
  await leave(stage)
  await guestHome(stage)
  await leave(stage)
  same(count(stage.ctl('totals', '--json'), 'notice_plays'), 2, 'two visits, the first with the ear')
})

await cases.test('two take turns, and a touch shows the other', async () => {
  await stage.openKiosk()
  set('notice.tb2', `${day(0)}; ${day(0)}; ${OTHER};`)
  set('notice.tb3', `${day(1)}; ${day(9)}; Mai mới có.; UBND xã`)
  stage.ctl('sync')
  await stage.see(() => stage.node('attract.notice.next'), 'that there are two')
  const first = said('attract.notice')
  await look('two')
  await stage.tap('attract.notice.next')
  await stage.see(() => said('attract.notice') && said('attract.notice') !== first, 'the other one')
  await guestHome(stage)
  await leave(stage)
  await stage.see(() => said('attract.notice') === first, 'the first one again')
})

await cases.test('with the largest letters it still fits', async () => {
  kioskSql("INSERT OR REPLACE INTO setting VALUES ('set.text_step','2')")
  await stage.openKiosk()
  stage.ctl('sync')
  await stage.see(() => said('attract.notice'), 'the notice')
  if (said('attract.notice') !== WORDS) await stage.tap('attract.notice.next')
  inside()
  await look('largest')
})

await cases.test('what is taken down goes', async () => {
  await stage.openKiosk()
  for (const i of [1, 2, 3]) set(`notice.tb${i}`, '')
  stage.ctl('sync')
  await stage.see(() => stage.screen === 'attract' && !stage.node('attract.notice'), 'the first page without it')
  await stage.atRest()
})

await cases.test('a stick brings the settings where there is no network', async () => {
  const stick = join(stage.dir, 'usb', 'KINGSTON')
  mkdirSync(stick, { recursive: true })
  await stage.openKiosk()
  await stage.onScreen('attract')
  stage.ctl('sync') // without a clock chip the day is known since then
  await stage.stopServer()
  stage.ctl('courier', stick)
  set('notice.tb7', `${day(0)}; ${day(2)}; ${OTHER}; UBND xã`)
  run(bin('bdhvs-server'), ['import', stick, '--db', stage.db])
  check(existsSync(join(stick, 'BDHVS', 'in', 'settings.jws')), 'the settings on the stick')
  check(!stage.node('attract.notice'), 'not yet')
  const c = JSON.parse(stage.ctl('courier', stick))
  same(c.settings, 1, 'settings taken')
  await stage.see(() => said('attract.notice') === OTHER, 'the notice')
})
await cases.end()
