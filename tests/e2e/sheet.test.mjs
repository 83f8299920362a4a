// The sheet that a learner takes home of a lesson, through bdhvs-ctl, with and without a kiosk
// that runs: read back from the PDF and out of a raster in grey. And the bulletin for
// loudspeakers: its length by the pages of its Ogg file, and what it says.
import { execFileSync, spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Cases, check, same } from './cases.mjs'
import { count, smallPack } from './small.mjs'
import { HANH, StaffStage } from './staff.mjs'
import { bin, root, run } from './stage.mjs'

// Every letter of Vietnamese that has a mark, small and capital.
const SMALL = ['àáạảãâầấậẩẫăằắặẳẵ', 'èéẹẻẽêềếệểễ', 'ìíịỉĩ', 'òóọỏõôồốộổỗơờớợởỡ', 'ùúụủũưừứựửữ', 'ỳýỵỷỹđ'].join(' ')
const CAPITAL = SMALL.toLocaleUpperCase('vi')

const tool = (program, ...args) => execFileSync(program, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })

// What the PDF says, one space between words, and its QR out of a raster without colours.
function paper(path) {
  const raster = `${path}.grey`
  tool('pdftoppm', '-gray', '-r', '150', '-png', '-singlefile', path, raster)
  const info = tool('pdfinfo', path), fonts = tool('pdffonts', path).trim().split('\n').slice(2)
  return {
    text: tool('pdftotext', '-raw', path, '-').normalize('NFC').replace(/\s+/g, ' '),
    qr: tool('zbarimg', '-q', '--raw', '-S*.disable', '-Sqrcode.enable', `${raster}.png`).trim(),
    size: info.match(/Page size: +([\d.]+) x ([\d.]+)/).slice(1).map(points => Math.round(points / 72 * 25.4)),
    pages: Number(info.match(/Pages: +(\d+)/)[1]),
    embedded: fonts.length > 0 && fonts.every(line => /\byes +yes +yes\b|\byes +(yes|no) +yes\b/.test(line)),
  }
}

// Milliseconds of mono Ogg Opus: the granule of the last page less what is to be skipped.
function opusMs(path) {
  const file = readFileSync(path)
  let at = 0, granule = 0n, skip = 0, channels = 0
  while (at < file.length) {
    check(file.toString('latin1', at, at + 4) === 'OggS', `a page of Ogg at ${at}`)
    const segments = file[at + 26], body = at + 27 + segments
    if (!channels) [channels, skip] = [file[body + 9], file.readUInt16LE(body + 10)]
    granule = file.readBigInt64LE(at + 6)
    at = body + file.subarray(at + 27, body).reduce((n, lacing) => n + lacing, 0)
  }
  same(channels, 1, 'channels')
  return (Number(granule) - skip) / 48
}

function lesson(source, name, edit) {
  const path = join(source, readdirSync(source, { recursive: true }).find(f => f.includes(name) && f.endsWith('lesson.md')))
  writeFileSync(path, edit(readFileSync(path, 'utf8')))
}

// The first lesson with a sentence of all letters; the second with cards of many words.
function change(source) {
  lesson(source, 'b01-mot', text => text.replace(/# Nhớ\n[^]*/, `# Nhớ\n\n${SMALL}. ${CAPITAL}.\n`)
    .replace('# Trang 3', '# Gọi hỏi người nhà').replace('title: Bài một', 'title: Không đọc mã cho ai'))
}

const stage = new StaffStage('1280x800')
const cases = new Cases(stage)
const folder = join(stage.dir, 'packs')
const small = smallPack(folder, { change })
const source = join(folder, 'source-1'), drafts = join(stage.dir, 'drafts')
const out = name => join(stage.dir, name)
const sheet = (...words) => spawnSync(bin('bdhvs-ctl'), ['--data', stage.data, ...words], { encoding: 'utf8' })
const named = ['--pack', small.pack, '--pack-key', small.pub]
const bulletin = (...words) => spawnSync(bin('bdhvs-pack'), ['bulletin', ...words, '--drafts', drafts], { encoding: 'utf8' })

stage.pack = small.pack
stage.packKey = small.pub
stage.provision()
await stage.openDisplay()
mkdirSync(join(root, 'out', 'e2e'), { recursive: true })

function asWritten(path) {
  const p = paper(path)
  same([p.size, p.pages, p.embedded], [[148, 210], 1, true], 'one page of A5, its fonts in it')
  same(p.qr, 'BL1M01-B01', 'the QR code')
  for (const words of ['Không đọc mã cho ai', 'Trang 1', 'Trang 2', 'Gọi hỏi người nhà', 'Trang 4', SMALL, CAPITAL, 'xã Đặng Thùy Trâm',
    'Tờ mang về nhà', 'Lần sau, học bài “Bài hai”.', 'Bài 1 trên 2 · Phần một', 'Cần hỏi, gọi tổ công nghệ số thôn:', 'm01-b01'])
    check(p.text.includes(words), `“${words}” in “${p.text}”`)
  check(/In ngày \d\d\/\d\d\/\d{4}/.test(p.text), 'the day')
}

await cases.test('without a kiosk: a sheet from a named pack, every letter right, readable in grey', async () => {
  same(sheet(...named, 'sheet', 'm01-b01', out('a.pdf')).status, 0, 'exit')
  asWritten(out('a.pdf'))
  tool('pdftoppm', '-r', '150', '-png', '-singlefile', out('a.pdf'), join(root, 'out', 'e2e', 'sheet'))
})

await cases.test('the running kiosk makes the same of the pack that it has open', async () => {
  await stage.openKiosk(['--no-sync'])
  await stage.onScreen('attract')
  same(sheet('sheet', 'm01-b01', out('b.pdf')).status, 0, 'exit')
  asWritten(out('b.pdf'))
  const unknown = sheet('sheet', 'm99-b99', out('c.pdf'))
  same([unknown.status, existsSync(out('c.pdf'))], [1, false], 'no such lesson')
  check(unknown.stderr.includes('no lesson has that id'), unknown.stderr)
})

await cases.test('staff print it from their page onto a stick, and note what the loudspeakers played', async () => {
  const stick = join(stage.dir, 'usb', 'KINGSTON')
  const plays = () => count(stage.ctl('totals', '--json'), 'notice_plays', 'm01-b01')
  mkdirSync(stick, { recursive: true })
  await stage.openKiosk(['--no-sync', '--usb', join(stick, '..')])
  await stage.unlock()
  await stage.signIn(HANH)
  await stage.see(() => stage.node('nav.the'), 'the rail')
  await stage.tap('nav.the')
  await stage.tap('ts.door')
  await stage.onScreen('sheets')
  await stage.tap('ts.lesson#1')
  await stage.tap('ts.print')
  await stage.see(() => stage.node('pr.usb'), 'that it is on the stick')
  asWritten(join(stick, 'BDHVS', 'bai-m01-b01.pdf'))
  await stage.tap('ts.played')
  await stage.tap('ts.played')
  same(plays(), 2, 'plays')
  await stage.tap('ts.undo')
  same(plays(), 1, 'after one was taken back')
  await stage.tap('list.back')
  await stage.onScreen('cards')
})

await cases.test('what cannot be made is told, and leaves no file', async () => {
  const cannot = [
    [sheet('sheet', 'm01-b01', out('d.pdf')), 66, '--pack-key'],
    [sheet(...named, 'sheet', 'm01-b01', out('nowhere/d.pdf')), 1, 'not written'],
    [sheet(...named, 'sheet', 'm01-b01'), 64, 'usage'],
  ]
  for (const [r, status, words] of cannot) {
    same(r.status, status, words)
    check(r.stderr.includes(words), r.stderr)
  }
  check(!existsSync(out('d.pdf')), 'no file')
})

await cases.test('the first lesson of every module that comes with the program has its sheet', async () => {
  const real = new StaffStage('1280x800')
  const list = run(bin('bdhvs-kiosk'), ['--data', out('list'), '--pack', real.pack, '--pack-key', real.packKey, '--list-lessons'])
  for (const [id, title] of list.trim().split('\n').map(line => line.split('\t')).filter(([id]) => id.endsWith('-b01'))) {
    same(sheet('--pack', real.pack, '--pack-key', real.packKey, 'sheet', id, out('real.pdf')).status, 0, id)
    const p = paper(out('real.pdf'))
    same([p.pages, p.qr], [1, `BL1${id.toUpperCase()}`], id)
    check(p.text.includes(title), `${id}: “${title}” in “${p.text}”`)
  }
  await real.close()
})

await cases.test('a bulletin says title, cards, the sentence and where, in less than a minute', async () => {
  const path = out('a.opus')
  const r = bulletin(source, 'm01-b02', path, '--when', 'Tối thứ Bảy, bảy giờ.')
  same(r.status, 0, r.stderr)
  const said = r.stdout.trim().split('\n'), ms = opusMs(path)
  for (const words of ['Bài hai', 'Mời bà con đến học tại nhà văn hóa. Học miễn phí, có người chỉ tận tay.', 'Tối thứ Bảy, bảy giờ.'])
    check(said.includes(words), `“${words}” in ${r.stdout}`)
  check(ms > 5000 && ms <= 60000, `${ms} ms`)
  const told = Number(said.at(-1).match(/: ([\d.]+) s, /)[1]) * 1000
  check(Math.abs(ms - told) < 300, `${ms} ms, told ${told}`)
  check(readFileSync(path).includes('TEXT='), 'what is said stands in its tag')
})

await cases.test('the same as WAV for a player that knows nothing else', async () => {
  const path = out('a.wav')
  const r = bulletin(source, 'm01-b02', path)
  same(r.status, 0, r.stderr)
  const wav = readFileSync(path), seconds = (wav.length - 44) / 2 / 48000
  same([wav.toString('latin1', 0, 4), wav.readUInt32LE(4), wav.readUInt32LE(24), wav.readUInt16LE(22), wav.readUInt32LE(40)],
    ['RIFF', wav.length - 8, 48000, 1, wav.length - 44], 'its head')
  check(seconds > 5 && seconds <= 60, `${seconds} s`)
})

// Half a minute, and much more than one.
const LONG = Array.from({ length: 8 }, (_, i) => `Câu thứ ${i + 1} của trang này dài đúng mười hai tiếng.`).join(' ')
const LONGER = Array(30).fill('Ngày 29/11/1997.').join(' ')

await cases.test('cards that are too long are left out from the end; the rest is said', async () => {
  const long = out('long')
  cpSync(source, long, { recursive: true })
  lesson(long, 'b02-hai', text => text.replace(/Đây là trang ([234])[^\n]*/g, (_, n) => `Trang ${n}. ${LONG}`))
  const r = bulletin(long, 'm01-b02', out('long.opus'))
  same(r.status, 0, r.stderr)
  check(/[1-3] left out/.test(r.stdout) && !r.stdout.includes(`Trang 3. ${LONG}`), r.stdout)
  check(r.stdout.includes('Mời bà con đến học tại nhà văn hóa.'), r.stdout)
  check(opusMs(out('long.opus')) <= 60000, 'at most a minute')
})

await cases.test('what is too long without any card is refused, and so is another kind of file', async () => {
  const long = bulletin(source, 'm01-b02', out('e.opus'), '--when', LONGER)
  same([long.status, existsSync(out('e.opus'))], [1, false], long.stderr)
  check(long.stderr.includes('longer than a minute'), long.stderr)
  same(bulletin(source, 'm01-b02', out('e.mp3')).status, 64, 'mp3')
  const unknown = bulletin(source, 'm99-b99', out('e.opus'))
  same(unknown.status, 1, 'no such lesson')
  check(unknown.stderr.includes('no lesson has that id'), unknown.stderr)
})

await cases.end()
