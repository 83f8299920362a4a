// A “Giấy ghi nhận” from the last lesson of a module to the official who checks it: the page
// at four sizes (pictures in out/e2e), the PDF on a stick, its QR read back out of a raster,
// bdhvs-ctl and the page /giay; one letter changed, and it is refused.
import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { addCard, cardHome, count, learn, leave, smallPack } from './small.mjs'
import { Cases, check, same } from './cases.mjs'
import { Golden } from './golden.mjs'
import { HANH, StaffStage } from './staff.mjs'
import { bin } from './stage.mjs'

const NAME = 'Phạm Thị Nga'
const OTHERS = process.env.BDHVS_SIZES?.split(' ') ?? ['800x480', '1920x1080', '720x1280'] // than 1280x800
const TEXT = /^BC1[0-9A-HJKMNP-TV-Z]{100,200}$/

function verify(stage, ...words) {
  const { status, stdout } = spawnSync(bin('bdhvs-ctl'), ['--data', stage.data, 'verify-certificate', ...words], { encoding: 'utf8' })
  return { status, stdout }
}

// The places that a person touches, beside the drawn page (r23), within 12 dp.
const golden = new Golden({ certificate: ['r23-certificate'] }, /^(bar\.home|cert\.(print|done))$/)
function asDrawn(on) {
  const before = [golden.n, golden.failures]
  golden.compareBoxes(on, 'certificate')
  same([golden.n - before[0], golden.failures - before[1]], [3, 0], `boxes at ${on.size}`)
}

// What a scanner makes of a picture.
const scan = picture => execFileSync('zbarimg', ['-q', '--raw', '-S*.disable', '-Sqrcode.enable', picture], { encoding: 'utf8' }).trim()

// What the PDF says, and its QR.
function paper(path) {
  const raster = `${path}.qr`
  execFileSync('pdftoppm', ['-r', '150', '-png', '-singlefile', path, raster])
  return { text: execFileSync('pdftotext', ['-raw', path, '-'], { encoding: 'utf8' }).replace(/\s+/g, ' '), qr: scan(`${raster}.png`),
    size: execFileSync('pdfinfo', [path], { encoding: 'utf8' }).match(/Page size: +(\S+ x \S+)/)[1] }
}

async function kiosk(size) {
  const stage = new StaffStage(size)
  const small = smallPack(join(stage.dir, 'packs'))
  stage.pack = small.pack
  stage.packKey = small.pub
  stage.stick = join(stage.dir, 'usb', 'KINGSTON')
  mkdirSync(stage.stick, { recursive: true })
  stage.provision()
  stage.people([NAME])
  await stage.openDisplay()
  return stage
}

const open = stage => stage.openKiosk(['--usb', join(stage.stick, '..'), '--seed', '7'])

// Learns the lessons that are missing until the result offers the paper.
async function finishModule(stage) {
  await stage.tap('home.continue')
  await learn(stage)
  check(!stage.node('res.cert'), 'half a module earns nothing')
  await stage.tap('res.next')
  await learn(stage)
  await stage.see(() => stage.node('res.cert'), 'the way to the paper')
}

async function print(stage) {
  await stage.tap('cert.print')
  await stage.see(() => stage.node('pr.usb'), 'the word that it is on the stick')
  const [file] = readdirSync(join(stage.stick, 'BDHVS')).filter(f => /^giay-.*\.pdf$/.test(f))
  check(file && !/nga/i.test(file), 'a file without a name')
  return paper(join(stage.stick, 'BDHVS', file))
}

// Opens names and a class with the one person of the list; gives the code of her card.
async function openClass(stage) {
  await stage.unlock()
  await stage.signIn(HANH)
  await stage.onScreen('class_open')
  await stage.tap('open.yes')
  await stage.onScreen('class')
  await stage.tap('nav.tim')
  await stage.tap('find.row#1')
  await stage.tap('find.add')
  await stage.tap('find.card')
  await stage.onScreen('card')
  const code = stage.node('card.code').text.replace(' ', '')
  await stage.tap('card.back')
  await stage.tap('nav.exit')
  await stage.onScreen('attract')
  return code
}

// What the commune's server answers to a code, as a browser posts it.
async function ask(stage, code) {
  const reply = await fetch(`${stage.url}/giay`, { method: 'POST', body: new URLSearchParams({ ma: code }) })
  same(reply.status, 200, 'the page')
  return (await reply.text()).replace(/<[^>]*>/g, ' ')
}

const stage = await kiosk('1280x800')
await stage.openServer() // its signed time makes the day certain
stage.enrol()
const cases = new Cases(stage)
let code, text

await cases.test('a nameless card earns a paper with a line for the name; shown twice, counted once', async () => {
  code = addCard(stage)
  await open(stage)
  await cardHome(stage, code)
  check(!stage.node('home.cert'), 'nothing is earned yet')
  await finishModule(stage)
  await cases.picture('certificate-result')
  await stage.tap('res.cert')
  await stage.onScreen('certificate')
  check(stage.node('cert.name') && !stage.node('cert.who'), 'a line to write the name on')
  await cases.picture('certificate-blank')
  const seen = await print(stage)
  check(TEXT.test(seen.qr), `a text of ours: ${seen.qr}`)
  check(seen.text.includes('Họ và tên (viết tay)') && !seen.text.includes(NAME), 'no name on the paper')
  check(seen.text.includes('Không thay thế xác nhận phổ cập kỹ năng số trên VNeID.'), 'what it does not claim')
  check(/^84[12].*595|^841/.test(seen.size), `A4 on its side: ${seen.size}`)
  await stage.tap('cert.done')
  await stage.tap('home.cert')
  await stage.onScreen('certificate')
  same(count(stage.ctl('totals', '--json'), 'certificates', 'm01'), 1, 'papers counted')
  await stage.tap('cert.done')
  await stage.tap('home.continue')
  await learn(stage)
  await stage.see(() => stage.node('res.cert'), 'the paper of the second module')
  await stage.tap('res.cert')
  await stage.onScreen('certificate')
  same(stage.node('cert.part').text, '“Phần hai”', 'the newest paper')
  await cases.picture('certificate-more')
  await stage.tap('cert.more')
  same(stage.node('cert.part').text, '“Phần một”', 'the other paper')
  same(['m01', 'm02'].map(m => count(stage.ctl('totals', '--json'), 'certificates', m)), [1, 1], 'papers of each module')
  const told = verify(stage, seen.qr, '--name', NAME)
  same(told.status, 1, `a name that nobody printed: ${told.stdout}`)
  same(verify(stage, seen.qr).status, 0, 'the paper itself')
  stage.ctl('rebuild', '--verify')
})

await cases.test('in an open class the name is on it; who changes the name or a letter is found out', async () => {
  await open(stage)
  code = await openClass(stage)
  await cardHome(stage, code)
  await finishModule(stage)
  await stage.tap('res.cert')
  await stage.onScreen('certificate')
  same(stage.node('cert.who')?.text, NAME, 'the name on the page')
  await cases.picture('certificate-1280x800')
  asDrawn(stage)
  for (const old of readdirSync(join(stage.stick, 'BDHVS'))) execFileSync('rm', [join(stage.stick, 'BDHVS', old)])
  const seen = await print(stage)
  text = seen.qr
  check(seen.text.includes(NAME) && seen.text.includes('tại điểm học xã'), `the words: ${seen.text}`)
  check(seen.text.replaceAll(' ', '').includes(text), 'the code in print')
  check(!/\d ?%/.test(seen.text), 'no percentage')
  const valid = verify(stage, text, '--name', NAME)
  same([valid.status, valid.stdout.split('\n')[0]], [0, 'VALID'], 'the paper as it is')
  same(verify(stage, text, '--name', NAME.normalize('NFD')).status, 0, 'the name with its marks apart')
  same(verify(stage, text, '--name', 'Phạm Thị Ngà').status, 1, 'another name')
  for (let i = 3; i < text.length; i += 7) {
    const changed = text.slice(0, i) + (text[i] === 'Z' ? 'Y' : 'Z') + text.slice(i + 1)
    const told = verify(stage, changed)
    same(told.status, 1, `symbol ${i} changed: ${told.stdout}`)
  }
  same(count(stage.ctl('totals', '--json'), 'certificates', 'm01'), 2, 'papers counted')
  const [y, m, d] = new Date(Date.now() + 7 * 3600000).toISOString().slice(0, 10).split('-').map(Number)
  check(seen.text.includes(`Ngày ${d} tháng ${m} năm ${y}`), `the day of today: ${seen.text}`)
  const page = await ask(stage, text.replace(/(.{5})/g, '$1 '))
  check(page.includes('Giấy thật') && page.includes(`${String(d).padStart(2, '0')}/${String(m).padStart(2, '0')}/${y}`), `the server's page: ${page}`)
  check(!page.includes(NAME), 'the page knows no name')
  const at = text.length - 30
  check((await ask(stage, text.slice(0, at) + (text[at] === 'Z' ? 'Y' : 'Z') + text.slice(at + 1))).includes('Mã đã bị sửa'), 'one letter changed')
  check((await ask(stage, 'BC1ABC')).includes('Mã gõ thiếu hoặc sai'), 'no code')
  check(!(stage.server.said + stage.server.complaints).includes(text.slice(0, 20)), 'the code is not logged')
  await stage.tap('cert.done')
  await leave(stage)
})

await cases.test('another machine needs the key', async () => {
  const key = join(stage.dir, 'kiosk.pub'), empty = join(stage.dir, 'empty')
  execFileSync('sh', ['-c', '"$0" --data "$1" verify-certificate --own-key > "$2"', bin('bdhvs-ctl'), stage.data, key])
  mkdirSync(empty)
  const at = (...words) => spawnSync(bin('bdhvs-ctl'), ['--data', empty, 'verify-certificate', ...words]).status
  same([at(text), at(text, '--key', key), at('BC1ABC', '--key', key), at()], [66, 0, 1, 64], 'exit codes')
  check(!existsSync(join(empty, 'keys')), 'looking makes no key')
})

for (const size of OTHERS) {
  await cases.test(`the page at ${size}, its QR read off the screen`, async () => {
    const other = await kiosk(size)
    try {
      await open(other)
      await cardHome(other, await openClass(other))
      await finishModule(other)
      await other.picture(join(cases.folder, `certificate-result-${size}.png`))
      await other.tap('res.cert')
      await other.onScreen('certificate')
      const picture = join(cases.folder, `certificate-${size}.png`)
      await other.picture(picture)
      asDrawn(other)
      same(verify(other, scan(picture), '--name', NAME).status, 0, 'what a phone reads off the screen')
      await other.tap('cert.done')
      await other.picture(join(cases.folder, `certificate-home-${size}.png`))
    } finally {
      await other.close()
    }
  })
}

await cases.end()
