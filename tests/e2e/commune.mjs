// A commune for the pages of officials: seven thôn, three units, three machines, two years.
import { createHash } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Peer, enrol, makeKey } from './peer.mjs'
import { bin, run } from './stage.mjs'

export const THONS = [['t01', 'Nước Giáp', 412, 231, 194], ['t02', 'Bùi Hui', 388, 214, 171], ['t03', 'Hố Sâu', 371, 190, 152], ['t04', 'Đồng Răm', 340, 168, 131], ['t05', 'Con Dóc', 352, 150, 118], ['t06', 'Vẫy Ốc', 295, 121, 97], ['t07', 'Cây Muối', 310, 96, 68]]
export const UNITS = [['u01', 'Tổ công nghệ số Nước Giáp', 31], ['u02', 'Đoàn thanh niên xã', 14], ['u03', 'Hội Phụ nữ xã', 22], ['u04', 'Ủy ban Mặt trận xã', 6]]
export const LESSONS = [['m01-b01', 'Bật điện thoại, mở khóa'], ['m01-b02', 'Gọi cho người nhà'], ['m06-b01', 'Căn cước trên điện thoại'], ['m09-b03', 'Giữ kín mã 6 số'], ['m09-b04', 'Tin nhắn lừa đảo có đường dẫn lạ']]
const MONTHS = [[180, 210, 260, 240, 310, 420, 505, 610, 690, 905, 746], [0, 0, 90, 120, 110, 150, 190, 230, 260, 280, 310, 330]]

const pad = n => String(n).padStart(2, '0')
const part = (whole, i, n) => Math.floor(whole / n) + (i < whole % n ? 1 : 0)

// Names by real settings: what somebody types there is shown on every page.
export function nameThings(stage, { thons = THONS, units = UNITS, lessons = LESSONS } = {}) {
  const set = (key, value) => run(bin('bdhvs-server'), ['set', key, value, '--db', stage.db])
  for (const [code, name, adults] of thons) {
    set(`thon.${code}`, name)
    set(`base.${code}.2026`, `${Math.round(adults / 3)}; ${Math.round(adults * 1.4)}; ${adults}; 2026-06-01; Công an xã`)
  }
  for (const [code, name] of units) set(`unit.${code}`, name)
  for (const [id, title] of lessons) set(`lesson.${id}`, title)
  set('target.all.2026-h2', '1200; 2026-12-31; KH 06/KH-UBND')
  set('target.g2.2026-h2', '900; 2026-12-31; KH 06/KH-UBND')
  set('target.g4.2026-h2', '400; 2026-12-31; KH 06/KH-UBND')
}

// A folder that looks like a built pack, as far as a server looks into it.
export function makePack(folder, titles = LESSONS) {
  mkdirSync(join(folder, 'objects'), { recursive: true })
  const put = value => {
    const text = JSON.stringify(value)
    const sha = createHash('sha256').update(text).digest('hex')
    writeFileSync(join(folder, 'objects', sha), text)
    return sha
  }
  const lessons = titles.map(([id, title]) => ({ id, object: put({ id, title }) }))
  const index = put({ modules: [{ id: 'm09', title: 'Tránh kẻ lừa đảo', lessons }] })
  writeFileSync(join(folder, 'manifest.json'), JSON.stringify({ id: 'bdhvs', ver: 32, files: [{ name: 'index.json', role: 'index', sha256: index }] }))
  return folder
}

function counts(year, months, i, n) {
  const rows = []
  months.forEach((total, month) => {
    const days = [3, 9, 15, 22]
    days.forEach((day, d) => LESSONS.forEach(([lesson], l) => {
      const mine = part(part(part(total, i, n), d, days.length), l, LESSONS.length)
      if (!mine) return
      const date = `${year}-${pad(month + 1)}-${pad(day)}`
      rows.push(['starts', date, lesson, '-', mine + 1], ['completions', date, lesson, '-', mine], ['passes', date, lesson, '-', Math.floor(mine * 0.8)])
    }))
    THONS.forEach(([code], t) => {
      const mine = part(part(total, i, n), t, THONS.length)
      if (mine) rows.push(['completions', `${year}-${pad(month + 1)}-15`, LESSONS[0][0], `thon=${code}`, mine])
    })
  })
  return rows
}

function people(period) {
  const rows = [['registered', period, '-', '-', 1208], ['finished_one', period, '-', '-', 931]]
  const cube = (dims, registered, finished) => rows.push(['registered', period, '-', dims, registered], ['finished_one', period, '-', dims, finished])
  for (const [code, , , registered, finished] of THONS) {
    cube(`thon=${code}`, registered, finished)
    rows.push(['registered', period, '-', `sex=f;thon=${code}`, Math.round(registered * 0.56)], ['registered', period, '-', `band=b4;thon=${code}`, Math.round(registered * 0.31)])
  }
  cube('sex=f', 676, 540)
  cube('sex=m', 532, 391)
  for (const [code, a, b] of [['b0', 0, 0], ['b1', 121, 98], ['b2', 224, 180], ['b3', 487, 377], ['b4', 376, 276]]) cube(`band=${code}`, a, b)
  for (const [code, a, b] of [['g1', 172, 141], ['g2', 803, 611], ['g3', 57, 50], ['g4', 176, 129]]) cube(`group=${code}`, a, b)
  for (const [code, a, b] of [['j5', 640, 480], ['j9', 300, 210]]) cube(`job=${code}`, a, b)
  cube('unit=u02', 41, 33)
  for (const [lesson] of LESSONS) rows.push(['lesson_firsts', period, lesson, '-', 120])
  return rows
}

// Fills the server; returns the machines.
export async function settle(stage) {
  const machines = []
  for (const place of ['Máy 01 · Nhà làm việc xã', 'Máy 02 · Nhà văn hóa Nước Giáp', 'Máy 03 · Trường Bùi Hui']) {
    const key = makeKey()
    const machine = new Peer(stage, key, await enrol(stage, key))
    run(bin('bdhvs-server'), ['set', `kiosk.${machine.kiosk}`, place, '--db', stage.db])
    machines.push(machine)
  }
  const [first, second, third] = machines
  first.pack = 32
  Object.assign(second, { trust: 1, health: { ...second.health, only_here: 46, temp_c: 52, power_cuts: 3, undervolt: true } })
  Object.assign(third.health, { free_mb: 210, temp_c: 55 })
  for (const [i, machine] of machines.entries()) {
    const rows = [...counts(2026, MONTHS[0], i, machines.length), ...counts(2025, MONTHS[1], i, machines.length)]
    for (const [u, [code, , classes]] of UNITS.entries()) if (u % machines.length === i) rows.push(['classes', '2026-10-12', '-', '-', classes], ['classes', '2026-10-12', '-', `unit=${code}`, classes], ['attendance', '2026-10-12', '-', `unit=${code}`, classes * 9], ['attendance', '2026-10-12', '-', '-', classes * 9])
    rows.push(...LESSONS.map(([lesson], l) => ['completions', '2026-10-12', lesson, 'sex=f', 200 + l]))
    await machine.send(rows, i ? [['registered', '2026-H2', '-', '-', 0]] : [...people('2026-H2'), ...people('2026'), ...people('2026-11'), ['registered', '2026-H1', '-', '-', 1044], ['finished_one', '2026-H1', '-', '-', 702]])
  }
  return machines
}
