// The pages behind "Cán bộ" at four sizes, beside the kept pictures and the drawn pages.
//   node tests/e2e/staff_pages.test.mjs [--accept] [--report] [WxH…]
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Golden } from './golden.mjs'
import { wav } from './microphone.mjs'
import { HANH, MINH, PASSPHRASE, StaffStage } from './staff.mjs'

const DRAWN = {
  'staff-pin': ['v01-staff-pin'], class: ['v02-session'], 'register-name': ['v03-reg-name'], 'register-details': ['v04-reg-year-gender'],
  'register-groups': ['v05-reg-thon-group'], 'register-consent': ['v06-reg-consent'], card: ['v08-learner-card'], search: ['v09-search'],
  'class-open': ['v10-open-class'], 'class-close': ['v11-close-class'], 'register-duplicate': ['v07-reg-duplicate'], 'person-edit': ['v12-learner-edit'],
  guardian: ['v13-guardian-consent'], 'erase-receipt': ['v14-erase-receipt'],
  'admin-stats': ['a01-stats'], 'admin-export': ['a03-export-usb'], 'admin-sync': ['a04-sync'], 'admin-packs': ['a05-content-packs'],
  'admin-staff': ['a06-staff'], 'admin-settings': ['a07-settings'], 'admin-audit': ['a08-audit'], setup: ['a10-setup-size'],
  'stats-lessons': ['a02-stats-lessons'], 'export-done': ['a09-export-done'], 'admin-requests': ['a15-data-requests'], 'admin-targets': ['a16-targets'], 'admin-health': ['a17-kiosk-health'],
  'setup-place': ['a11-setup-place'], 'setup-net': ['a12-setup-clock-network'], 'setup-admin': ['a13-setup-first-admin'], record: ['a14-record-voice'],
}

// Places that a person touches or looks for first; words move with the words themselves.
const COMPARED = /^(nav\.(lop|ghi|tim|the|cach|tk|xuat|sync|goi|cb|cai|nk|exit)|code\.\d|kb\..+|bar\.back|reg\.(cancel|next|prev|female|male|c\.yes|c\.no)|ses\.(add|scan|end)|open\.(yes|edit)|card\.(done|print)|close\.back|reg\.dup\.(yes|no)|ed\.(edit|print|er\.go)|gc\.(r\d|y\d|go)|rc\.(print|ok)|ex\.(go|finish)|tg\.edit|sy\.try|su\.later|lang\.(vi|hre)|vo\.(again|play|keep))$/

// Another on each day or each machine: random numbers of cards, dates, room on a disk.
const CHANGING = /^(card\.(code|qr)|find\.(row|card)|pk\.space|ex\.usb|sy\.|close\.long|st\.(bymonth|note)|nw\.port|he\.(cell|up)|rc\.no|bu\.until|vo\.(wave|line$))/
const DATED = /\d{1,2}\/\d{1,2}|\d{1,2}:\d{2}|20\d\d|\d (GB|MB)/

const NAMES = ['Phạm Thị Ngưỡng', 'Đinh Văn Ỷ', 'Phạm Văn Ríp', 'Đinh Thị Nhớ', 'Lê Văn Quỳnh', 'Phạm Thị Mỹ', 'Đinh Văn Trêu', 'Nguyễn Thị Thuỷ',
  'Phạm Văn Đức', 'Đinh Thị Hoài', 'Võ Thị Kiều', 'Phạm Thị Xuân', 'Đinh Văn Bảy', 'Phạm Văn Lợi']

const golden = new Golden(DRAWN, COMPARED, n => CHANGING.test(n.id) || DATED.test(n.text ?? ''), ['1280x800', '800x480', '1920x1080'])

async function to(stage, tap, screen, name = screen.replaceAll('_', '-')) {
  await stage.tap(tap)
  await stage.onScreen(screen)
  await golden.page(stage, name)
}

async function volunteer(stage) {
  await stage.tap('attract.staff')
  await stage.onScreen('staff_signin')
  await stage.tap(stage.nodes('pin.who#').find(n => n.text === HANH.alias).id)
  await golden.page(stage, 'staff-pin')
  await stage.pin(HANH.pin)
  await stage.onScreen('class_open')
  await golden.page(stage, 'class-open')
  await stage.tap('open.yes')
  await stage.onScreen('class')
  await stage.tap('nav.tim')
  await stage.onScreen('search')
  for (const name of ['nguong', 'rip', 'quynh', 'treu', 'kieu']) {
    await stage.type(name)
    await stage.see(() => stage.nodes('find.row#').length === 1, `only ${name}`)
    await stage.tap('find.row#1')
    await stage.tap('find.add')
    await stage.tap('kb.clear')
  }
  await stage.type('nguong')
  await stage.tap('find.row#1')
  await golden.page(stage, 'search')
  await stage.tap('nav.lop')
  await stage.onScreen('class')
  await golden.page(stage, 'class')
  await to(stage, 'nav.the', 'cards')
  await to(stage, 'ts.door', 'sheets')
  await stage.tap('list.back')
  await stage.onScreen('cards')
  await to(stage, 'nav.cach', 'guide')
  await stage.tap('nav.lop')
  await stage.onScreen('class')
  await stage.tap('ses.add')
  await stage.onScreen('register_name')
  await stage.type('ddinh thij hanhj')
  await golden.page(stage, 'register-name')
  await to(stage, 'reg.next', 'register_details')
  for (const key of ['code.5', 'code.8', 'reg.female']) await stage.tap(key)
  await to(stage, 'reg.next', 'register_groups')
  await to(stage, 'reg.next', 'register_consent')
  await to(stage, 'reg.c.yes', 'card')
  await stage.tap('card.back')
  await stage.onScreen('class')
  await to(stage, 'ses.end', 'class_close')
}

// Steps of one registration up to the page after the groups.
async function begin(stage, name, year) {
  await stage.tap('nav.ghi')
  await stage.onScreen('register_name')
  await stage.type(name)
  await stage.tap('reg.next')
  await stage.onScreen('register_details')
  for (const key of year) await stage.tap(key)
  await stage.tap('reg.next')
  await stage.onScreen('register_groups')
}

async function giveUp(stage) {
  await stage.tap('reg.cancel')
  await stage.tap('reg.drop.yes')
  await stage.see(() => stage.node('nav.ghi'), 'the pages of volunteers')
}

async function special(stage) {
  await begin(stage, 'phamj thij nguowngx', ['code.4', 'code.9', 'reg.female'])
  await to(stage, 'reg.next', 'register_duplicate')
  await giveUp(stage)
  await begin(stage, 'ddinh vanw looj', ['code.1', 'code.3', 'reg.age.key'])
  await to(stage, 'reg.next', 'guardian')
  await giveUp(stage)

  await stage.onScreen('class')
  for (const [id, screen] of [['ses.heads', 'headcount'], ['ses.log', 'help_log'], ['ses.sign', 'signoff']]) {
    await stage.tap('ses.more')
    if (id === 'ses.heads') await golden.page(stage, 'class-more')
    await to(stage, id, screen)
    await stage.tap('list.back')
    await stage.onScreen('class')
  }

  await stage.tap('nav.tim')
  await stage.onScreen('search')
  await stage.type('hoai')
  await stage.tap('find.row#1')
  await to(stage, 'find.more', 'person')
  await stage.tap('nav.tim')
  await stage.onScreen('search')
  await stage.type('hoai')
  await stage.tap('find.row#1')
  await to(stage, 'find.edit', 'person_edit')
  await stage.tap('ed.er.go')
  await golden.page(stage, 'erase-ask')
  await stage.tap('ed.er.yes')
  await stage.pin(HANH.pin)
  await stage.see(() => stage.node('rc.ok'), 'the receipt')
  await golden.page(stage, 'erase-receipt')
  await stage.tap('rc.ok')
  await stage.tap('nav.exit')
  await stage.onScreen('attract')
}

async function administrator(stage) {
  await stage.signIn(MINH)
  await stage.onScreen('admin_stats')
  await golden.page(stage, 'admin-stats')
  for (const [tap, screen] of [['nav.xuat', 'admin_export'], ['nav.sync', 'admin_sync'], ['nav.goi', 'admin_packs'], ['nav.cb', 'admin_staff'], ['nav.cai', 'admin_settings'], ['nav.nk', 'admin_audit']])
    await to(stage, tap, screen)
  await stage.tap('nav.xuat')
  await stage.onScreen('admin_export')
  await stage.tap('ex.r3')
  await golden.page(stage, 'export-people')
  await to(stage, 'im.door', 'admin_import')
  await stage.tap('nav.goi')
  await stage.onScreen('admin_packs')
  await to(stage, 'pb.door', 'beside')
  await stage.tap('bar.back')
  await stage.tap('nav.tk')
  await stage.tap('st.view.lesson')
  await golden.page(stage, 'stats-lessons')
  for (const [view, door, screen] of [['st.view.group', 'st.targets', 'admin_targets'], ['st.view.thon', 'st.door.base', 'admin_units']]) {
    await stage.tap(view)
    await golden.page(stage, `stats-${view.split('.')[2]}`)
    await to(stage, door, screen)
    await stage.tap('nav.tk')
    await stage.onScreen('admin_stats')
  }
  for (const [door, screen] of [['se.health', 'admin_health'], ['se.netb', 'admin_network'], ['se.requests', 'admin_requests'], ['se.backup', 'admin_backup'], ['se.ruler', 'calibrate'], ['po.door', 'power']]) {
    if (stage.screen !== 'admin_settings') await stage.tap('nav.cai')
    await stage.onScreen('admin_settings')
    await to(stage, door, screen)
    if (screen === 'calibrate' || screen === 'power') {
      await stage.tap(screen === 'power' ? 'of.back' : 'bar.back')
      await stage.onScreen('admin_settings')
    }
  }
  await stage.tap('nav.cb')
  await stage.onScreen('admin_staff')
  await stage.tap('sa.pin#1')
  await golden.page(stage, 'staff-new-pin')
  await to(stage, 'sa.edit', 'admin_staff_edit')
  await stage.tap('reg.next')
  await golden.page(stage, 'staff-role')
  await stage.tap('bar.back')
  await stage.tap('bar.back')
  await stage.onScreen('admin_staff')
  await stage.tap('sa.pin#1')
  await to(stage, 'kc.go', 'admin_key_card')
  await stage.tap('bar.back')
  await stage.onScreen('admin_staff')
  await stage.tap('pw.title')
  await stage.pin(MINH.pin)
  await golden.page(stage, 'admin-passphrase')
  await stage.tap('bar.back')
  await stage.tap('nav.xuat')
  await stage.onScreen('admin_export')
  await stage.tap('ex.go')
  await stage.see(() => stage.node('ex.finish'), 'the report to be written')
  await golden.page(stage, 'export-done')
}

async function type(stage, id, words) {
  await stage.tap(id)
  await stage.see(() => stage.node('text.field'), 'the keyboard')
  await stage.type(words)
  await stage.tap('list.next')
}

async function record(stage) {
  await stage.tap('nav.goi')
  await stage.onScreen('admin_packs')
  await stage.tap('vo.door')
  await stage.onScreen('record')
  await type(stage, 'vo.alias', 'Chij Myx')
  await type(stage, 'vo.place', 'Sown Haf')
  await stage.tap('vo.agree')
  await golden.page(stage, 'record-who')
  await stage.tap('vo.go')
  if (stage.node('sy.t.ok')) await stage.tap('sy.t.ok')
  await stage.see(() => stage.nodes('vo.lesson#').length, 'the lessons')
  await golden.page(stage, 'record-lessons')
  while (!stage.nodes('vo.lesson#').some(n => n.text === 'Giữ kín mã 6 số')) await stage.tap('page.down')
  await stage.tap(stage.nodes('vo.lesson#').find(n => n.text === 'Giữ kín mã 6 số').id)
  await golden.page(stage, 'record-ready')
  await stage.tap('vo.start')
  await new Promise(resolve => setTimeout(resolve, 2200))
  await stage.tap('vo.stop')
  await stage.see(() => stage.node('vo.keep'), 'the clip')
  await golden.page(stage, 'record')
  await stage.tap('vo.keep')
  await stage.see(() => stage.node('vo.start'), 'the next one')
  await stage.tap('vo.line#1')
  await golden.page(stage, 'record-kept')
}

// A new machine, as far as the first administrator.
async function setUp(stage) {
  await stage.tap('reg.next')
  await stage.see(() => stage.node('sy.t.ok'), 'the clock')
  await golden.page(stage, 'setup-clock')
  await stage.tap('reg.next')
  if (stage.node('su.net.sub')) {
    await golden.page(stage, 'setup-net')
    await stage.tap('reg.next')
  }
  await stage.see(() => stage.node('su.commune.sub'), 'the commune')
  await stage.type('xa ddawngj')
  await golden.page(stage, 'setup-commune')
  await stage.tap('reg.next')
  await stage.see(() => stage.nodes('list.pick').length, 'the list of thôn')
  await stage.tap('list.pick#1')
  await golden.page(stage, 'setup-thon')
  await stage.tap('reg.next')
  await stage.see(() => stage.node('su.units'), 'the units')
  await stage.tap('reg.next')
  await stage.see(() => stage.node('su.thon'), 'the place')
  await stage.tap('list.pick#1')
  await golden.page(stage, 'setup-place')
  await stage.tap('reg.next')
  await stage.see(() => stage.node('su.alias.sub'), 'the first administrator')
  await stage.type('coo hanhj')
  await golden.page(stage, 'setup-admin')
}

async function walk(size) {
  const stage = new StaffStage(size)
  try {
    await stage.openDisplay()
    await stage.openKiosk(['--no-sync'])
    await stage.onScreen('attract')
    await to(stage, 'attract.staff', 'setup')
    await setUp(stage)
    await stage.closeKiosk()
    rmSync(stage.data, { recursive: true, force: true })

    stage.provision()
    stage.people(NAMES)
    mkdirSync(join(stage.dir, 'usb', 'KINGSTON'), { recursive: true })
    const spoken = join(stage.dir, 'spoken.wav')
    writeFileSync(spoken, wav({ hz: 190, from: 0.5, to: 1.7 }))
    await stage.openKiosk(['--no-sync', '--usb', join(stage.dir, 'usb'), '--microphone', spoken, '--bus', 'unix:path=/nowhere'])
    await stage.onScreen('attract')
    await to(stage, 'attract.staff', 'locked')
    await stage.type(PASSPHRASE)
    await stage.tap('lk.go')
    await stage.onScreen('staff_signin')
    await stage.tap('bar.back')
    await stage.onScreen('attract')
    await volunteer(stage)
    await special(stage)
    await administrator(stage)
    await record(stage)
  } finally {
    await stage.close()
  }
}

await golden.run(walk)
