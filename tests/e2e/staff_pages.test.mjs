// The pages behind "Cán bộ" at four sizes, beside the kept pictures and the drawn pages.
//   node tests/e2e/staff_pages.test.mjs [--accept] [--report] [WxH…]
import { execFileSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Golden } from './golden.mjs'
import { bin } from './stage.mjs'
import { HANH, MINH, PASSPHRASE, StaffStage } from './staff.mjs'

const DRAWN = {
  'staff-pin': ['v01-staff-pin'], class: ['v02-session'], 'register-name': ['v03-reg-name'], 'register-details': ['v04-reg-year-gender'],
  'register-groups': ['v05-reg-thon-group'], 'register-consent': ['v06-reg-consent'], card: ['v08-learner-card'], search: ['v09-search'],
  'class-open': ['v10-open-class'], 'class-close': ['v11-close-class'],
  'admin-stats': ['a01-stats'], 'admin-export': ['a03-export-usb'], 'admin-sync': ['a04-sync'], 'admin-packs': ['a05-content-packs'],
  'admin-staff': ['a06-staff'], 'admin-settings': ['a07-settings'], 'admin-audit': ['a08-audit'], setup: ['a10-setup-size'],
}

// Places that a person touches or looks for first; words move with the words themselves.
const COMPARED = /^(nav\.(lop|ghi|tim|the|cach|tk|xuat|sync|goi|cb|cai|nk|exit)|code\.\d|kb\..+|bar\.back|reg\.(cancel|next|prev|female|male|c\.yes|c\.no)|ses\.(add|scan|end)|open\.(yes|edit)|card\.(done|print)|close\.back|ex\.go|sy\.try|su\.later)$/

// Another on each day or each machine: random numbers of cards, dates, room on a disk.
const CHANGING = /^(card\.(code|qr)|find\.(row|card)|pk\.space|ex\.usb|sy\.|close\.long|st\.(bymonth|note))/
const DATED = /\d{1,2}\/\d{1,2}|\d{1,2}:\d{2}|20\d\d|\d (GB|MB)/

const NAMES = ['Phạm Thị Ngưỡng', 'Đinh Văn Ỷ', 'Phạm Văn Ríp', 'Đinh Thị Nhớ', 'Lê Văn Quỳnh', 'Phạm Thị Mỹ', 'Đinh Văn Trêu', 'Nguyễn Thị Thuỷ',
  'Phạm Văn Đức', 'Đinh Thị Hoài', 'Võ Thị Kiều', 'Phạm Thị Xuân', 'Đinh Văn Bảy', 'Phạm Văn Lợi']

const HEAD = 'Mã thẻ;Họ tên;Năm sinh;Nam/Nữ;Thôn;Nhóm;Nghề;Đơn vị;Người giám hộ;Quan hệ giám hộ;Đồng ý (bản);Đồng ý (ngày);Đồng ý (cách)'

const golden = new Golden(DRAWN, COMPARED, n => CHANGING.test(n.id) || DATED.test(n.text ?? ''), ['1280x800', '800x480', '1920x1080'])

function register(stage) {
  const file = join(stage.dir, 'people.csv')
  const rows = NAMES.map((name, i) => `;${name};${1948 + 2 * i};${i % 2 ? 'Nam' : 'Nữ'};Nước Giáp;;;;;;c1;22/11/2026;giấy`)
  writeFileSync(file, [HEAD, ...rows, ''].join('\n'), { mode: 0o600 })
  execFileSync(bin('bdhvs-ctl'), ['--data', stage.data, 'import', file, '--apply'], { input: `${PASSPHRASE}\n` })
}

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
  await stage.tap('nav.exit')
  await stage.onScreen('attract')
}

async function administrator(stage) {
  await stage.signIn(MINH)
  await stage.onScreen('admin_stats')
  await golden.page(stage, 'admin-stats')
  for (const [tap, screen] of [['nav.xuat', 'admin_export'], ['nav.sync', 'admin_sync'], ['nav.goi', 'admin_packs'], ['nav.cb', 'admin_staff'], ['nav.cai', 'admin_settings'], ['nav.nk', 'admin_audit']])
    await to(stage, tap, screen)
}

async function walk(size) {
  const stage = new StaffStage(size)
  try {
    await stage.openDisplay()
    await stage.openKiosk(['--no-sync'])
    await stage.onScreen('attract')
    await to(stage, 'attract.staff', 'setup')
    await stage.closeKiosk()

    stage.provision()
    register(stage)
    mkdirSync(join(stage.dir, 'usb', 'KINGSTON'), { recursive: true })
    await stage.openKiosk(['--no-sync', '--usb', join(stage.dir, 'usb')])
    await stage.onScreen('attract')
    await to(stage, 'attract.staff', 'locked')
    await stage.type(PASSPHRASE)
    await stage.tap('lk.go')
    await stage.onScreen('staff_signin')
    await stage.tap('bar.back')
    await stage.onScreen('attract')
    await volunteer(stage)
    await administrator(stage)
  } finally {
    await stage.close()
  }
}

await golden.run(walk)
