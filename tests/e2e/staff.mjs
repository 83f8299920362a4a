// A machine that is set up, with staff and people: for tests of the pages behind "Cán bộ".
import { execFileSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ScriptStage } from './script.mjs'
import { Stage, bin } from './stage.mjs'

export const PASSPHRASE = 'mat khau thu nghiem'
export const HANH = { alias: 'Lê Thị Hạnh', role: 'volunteer', pin: '482915', picture: 0, thon: 't01' }
export const MINH = { alias: 'Võ Văn Minh', role: 'administrator', pin: '739204', picture: 1, thon: '' }
export const SETUP = {
  commune: { code: '21520', name: 'xã Đặng Thùy Trâm' },
  thon: { t01: 'Nước Giáp', t02: 'Hố Sâu', t03: 'Đồng Răm', t04: 'Vẫy Ốc', t05: 'Bùi Hui', t06: 'Con Dóc', t07: 'Cây Muối' },
  units: { u01: 'Hội Nông dân', u02: 'Đoàn Thanh niên' },
  place: { thon: 't01', name: 'Nhà văn hóa thôn Nước Giáp' },
  passphrase: PASSPHRASE,
  staff: [HANH, MINH],
}

const HEAD = 'Mã thẻ;Họ tên;Năm sinh;Nam/Nữ;Thôn;Nhóm;Nghề;Đơn vị;Người giám hộ;Quan hệ giám hộ;Đồng ý (bản);Đồng ý (ngày);Đồng ý (cách)'

const KEYS = { ' ': 'space', ':': 'colon', '/': 'slash', '.': 'period', '-': 'minus' }

// What staff do, before a screen or without one.
const Staff = Base => class extends Base {
  // Sets the data folder up; returns the recovery code.
  provision(setup = SETUP) {
    mkdirSync(this.data, { recursive: true, mode: 0o700 })
    const file = join(this.dir, 'setup.json')
    writeFileSync(file, JSON.stringify(setup), { mode: 0o600 })
    return JSON.parse(this.ctl('provision', file)).recovery
  }

  // People of Nước Giáp from a list on paper: women and men in turn, two years apart.
  people(names) {
    const file = join(this.dir, 'people.csv')
    const rows = names.map((name, i) => `;${name};${1948 + 2 * i};${i % 2 ? 'Nam' : 'Nữ'};Nước Giáp;;;;;;c1;22/11/2026;giấy`)
    writeFileSync(file, [HEAD, ...rows, ''].join('\n'), { mode: 0o600 })
    execFileSync(bin('bdhvs-ctl'), ['--data', this.data, 'import', file, '--apply'], { input: `${PASSPHRASE}\n` })
  }

  async pin(digits) { for (const d of digits) await this.tap(`code.${d}`) }

  // From the first page to the page that staff meet first. The vault must be open.
  async signIn(who) {
    await this.tap('attract.staff')
    await this.onScreen('staff_signin')
    if (this.nodes('pin.who#').length) await this.tap(this.nodes('pin.who#').find(n => n.text === who.alias).id)
    await this.pin(who.pin)
  }

  // After a start names are locked.
  async unlock(passphrase = PASSPHRASE) {
    await this.tap('attract.staff')
    await this.onScreen('locked')
    await this.type(passphrase)
    await this.tap('lk.go')
    await this.onScreen('staff_signin')
    await this.tap('bar.back')
    await this.onScreen('attract')
  }
}

export class StaffStage extends Staff(Stage) {
  // Letters on the keyboard of a computer.
  async type(text) {
    for (const ch of text) {
      this.key(KEYS[ch] ?? ch)
      await new Promise(resolve => setTimeout(resolve, 40))
    }
  }
}

export class StaffScript extends Staff(ScriptStage) {
  async type(text) { await this.say(`text ${text}`) }
}
