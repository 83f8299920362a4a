// A sheet through a real CUPS: the printer takes the PDF whole; without a printer, or with one that
// takes nothing, it goes onto the stick and the page says so. lp asks the socket of the system, so
// the test has a /run/cups of its own, for which it needs root.
import { spawn, spawnSync } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { Cases, check, same } from './cases.mjs'
import { smallPack } from './small.mjs'
import { HANH, StaffStage } from './staff.mjs'
import { run } from './stage.mjs'

const SOCKET = '/run/cups/cups.sock'
if (process.getuid() !== 0) {
  console.log('left out: not root')
  process.exit(0)
}
mkdirSync('/run/cups', { recursive: true })
if (!process.env.BDHVS_OWN_CUPS) {
  const alone = 'mount -t tmpfs none /run/cups && exec "$@"'
  const { status } = spawnSync('unshare', ['--mount', 'sh', '-c', alone, 'sh', process.execPath, ...process.argv.slice(1)],
    { stdio: 'inherit', env: { ...process.env, BDHVS_OWN_CUPS: '1' } })
  process.exit(status ?? 1)
}

const dir = mkdtempSync(join(tmpdir(), 'bdhvs-cups-'))
const paper = join(dir, 'paper', 'page')
const backend = join(dir, 'bin', 'backend', 'paper') // a printer, as CUPS sees one
let daemon

function configure() {
  chmodSync(dir, 0o755)
  for (const name of ['paper', 'state', 'cache', 'spool', 'server', 'server/ppd', 'bin/backend']) mkdirSync(join(dir, name), { recursive: true })
  chmodSync(join(dir, 'paper'), 0o777) // the scheduler prints as lp
  symlinkSync('/usr/lib/cups/daemon', join(dir, 'bin', 'daemon'))
  writeFileSync(backend, `#!/bin/sh\n[ $# -eq 0 ] || cat "\${6:--}" >${paper}\n`, { mode: 0o755 })
  writeFileSync(join(dir, 'cupsd.conf'), `Listen ${SOCKET}\nBrowsing Off\nWebInterface No\nDefaultAuthType None\nLogLevel warn\n<Location />\n Order allow,deny\n Allow all\n</Location>\n<Policy default>\n <Limit All>\n Order allow,deny\n Allow all\n </Limit>\n</Policy>\n`)
  writeFileSync(join(dir, 'cups-files.conf'), `ServerBin ${dir}/bin\nServerRoot ${dir}/server\nStateDir ${dir}/state\nCacheDir ${dir}/cache\nRequestRoot ${dir}/spool\nAccessLog ${dir}/access\nErrorLog ${dir}/error\nPageLog ${dir}/page\nSystemGroup root\n`)
}

async function start() {
  daemon = spawn('/usr/sbin/cupsd', ['-f', '-c', join(dir, 'cupsd.conf'), '-s', join(dir, 'cups-files.conf')], { stdio: 'ignore' })
  process.once('exit', () => daemon.kill()) // also of a test that ends early
  for (let i = 0; i < 200 && !spawnSync('lpstat', ['-r']).stdout.toString().includes('is running'); i++) await pause(50)
}

const stage = new StaffStage('1280x800')
const cases = new Cases(stage)
const stick = join(stage.dir, 'usb', 'KINGSTON')
const file = join(stick, 'BDHVS', 'bai-m01-b01.pdf')

const { pack, pub } = smallPack(join(stage.dir, 'packs'), { version: 1 })
stage.pack = pack
stage.packKey = pub

async function print() {
  await stage.openKiosk(['--no-sync', '--usb', join(stick, '..')])
  await stage.unlock()
  await stage.signIn(HANH)
  await stage.see(() => stage.node('nav.the'), 'the rail')
  await stage.tap('nav.the')
  await stage.tap('ts.door')
  await stage.onScreen('sheets')
  await stage.tap('ts.lesson#1')
  await stage.tap('ts.print')
}

stage.provision()
mkdirSync(stick, { recursive: true })
await stage.openDisplay()
configure()
await cases.test('CUPS does not run: the sheet goes onto the stick', async () => {
  await print()
  await stage.see(() => stage.node('pr.usb'), 'that it is on the stick')
  same(readFileSync(file, 'latin1').slice(0, 5), '%PDF-', 'the file')
  rmSync(file)
})

await cases.test('CUPS has no printer: the sheet goes onto the stick', async () => {
  await start()
  await print()
  await stage.see(() => stage.node('pr.usb') && existsSync(file), 'that it is on the stick')
  rmSync(file)
})

await cases.test('the printer takes the sheet, whole, and nothing is on the stick', async () => {
  run('lpadmin', ['-p', 'commune', '-E', '-v', 'paper:/', '-m', 'raw'])
  run('lpadmin', ['-d', 'commune'])
  await print()
  await stage.see(() => stage.node('pr.paper'), 'the word that the printer took it')
  await cases.picture('printer')
  await stage.see(() => existsSync(paper) && readFileSync(paper, 'latin1').trimEnd().endsWith('%%EOF'), 'the paper')
  const words = run('pdftotext', ['-raw', paper, '-'])
  check(words.includes('Bài một'), words)
  check(!existsSync(file), 'nothing on the stick')
})

await cases.test('a printer that takes nothing: the sheet goes onto the stick', async () => {
  run('cupsreject', ['commune'])
  await print()
  await stage.see(() => stage.node('pr.usb') && existsSync(file), 'that it is on the stick')
})

await cases.test('neither printer nor stick: the page says what to do', async () => {
  rmSync(stick, { recursive: true })
  await print()
  await stage.see(() => stage.node('pr.no_way'), 'that there is no way')
  await cases.picture('printer-none')
})

rmSync(dir, { recursive: true, force: true })
await cases.end()
