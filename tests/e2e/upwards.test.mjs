// Two levels over real HTTP: a commune's server with a machine that counts, a province's above
// it, and a machine of a commune without a server. Answers are lost, letters repeated, the
// province is put back to an old copy; in the end the province holds the commune's outside
// figures and no others. The page /cac-xa is looked at in a browser.
import { copyFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, request } from 'node:http'
import { join } from 'node:path'
import { chromium } from 'playwright-core'
import { Cases, check, same } from './cases.mjs'
import { Peer, askIn, ask, jws, makeKey } from './peer.mjs'
import { Stage, bin, root, run } from './stage.mjs'

const PASSWORD = 'mot-cau-dai-de-nho'
const pictures = join(root, 'out', 'e2e', 'upwards')
const stage = new Stage()
const province = new Stage()
const cases = new Cases(stage)
const at = (where, ...args) => run(bin('bdhvs-server'), [...args, '--db', where.db]).trim()
mkdirSync(pictures, { recursive: true })

// A thing between the two that may lose answers; it keeps what went through.
const between = { lose: false, letters: [] }
const road = createServer((q, r) => {
  const body = []
  q.on('data', d => body.push(d))
  q.on('end', () => {
    const bytes = Buffer.concat(body)
    if (q.url === '/v1/bundles') between.letters.push(bytes)
    const on = request(province.url + q.url, { method: q.method, headers: q.headers }, a => {
      const answer = []
      a.on('data', d => answer.push(d))
      a.on('end', () => {
        if (between.lose) return r.socket.destroy()
        r.writeHead(a.statusCode, a.headers)
        r.end(Buffer.concat(answer))
      })
    })
    on.on('error', () => r.socket.destroy())
    on.end(bytes)
  })
})

async function openProvince() {
  province.db = `sqlite:${join(province.dir, 'server', 'server.db')}`
  mkdirSync(join(province.dir, 'server'))
  writeFileSync(join(province.dir, 'password'), `${PASSWORD}\n`, { mode: 0o600 })
  run(bin('bdhvs-server'), ['init', '--province', '--commune', '51', '--db', province.db, '--admin', 'quantri', '--password-file', join(province.dir, 'password')])
  at(province, 'set', 'commune.name', 'Tỉnh Quảng Ngãi')
  await province.openServer()
}

// How the program ended, and what it said.
async function told(stageOf, ...args) {
  const child = stageOf.spawn(bin('bdhvs-server'), [...args, '--db', stageOf.db])
  const code = await new Promise(resolve => child.on('close', resolve))
  return { code, said: child.said, complaints: child.complaints }
}

const outside = () => at(stage, 'totals', '--json', '--outside')
const above = () => at(province, 'totals', '--json')
const value = (totals, ...key) => JSON.parse(totals).rows.find(r => same4(r, key))?.[4]
const same4 = (row, key) => key.every((k, i) => row[i] === k)

await stage.openServer()
await openProvince()
await new Promise(resolve => road.listen(0, '127.0.0.1', resolve))
const roadUrl = `http://127.0.0.1:${road.address().port}`
const key = makeKey()
const peer = new Peer(stage, key, at(stage, 'enrol-confirm', await askIn(stage, key, at(stage, 'enrol-code'))))
const day = new Date(Date.now() + 7 * 3600000).toISOString().slice(0, 10)
const month = day.slice(0, 7)
const people = (all, women) => [['active', month, '-', '-', all], ['active', month, '-', 'sex=f', women], ['active', month, '-', 'sex=m', all - women], ['registered', month, '-', '-', all], ['active', month, '-', 'thon=t07', all]]

await cases.test('without a parent it says what to do', async () => {
  const none = await told(stage, 'forward')
  same(none.code, 78, 'the exit code')
  check(/no parent is set/.test(none.complaints), none.complaints)
  at(stage, 'set', 'parent.url', roadUrl)
  same((await told(stage, 'forward')).code, 78, 'set, but not let in')
  check(/not https/.test((await told(stage, 'set', 'parent.url', 'http://tinh.example')).complaints), 'no plain http elsewhere')
})

await cases.test('a province gives codes for a commune, and both show one number', async () => {
  same((await told(province, 'enrol-code')).code, 1, 'a code for nobody')
  const wrong = await told(stage, 'parent-enrol', '00000000')
  same(wrong.code, 77, `a wrong code (${wrong.complaints})`)
  const child = stage.spawn(bin('bdhvs-server'), ['parent-enrol', at(province, 'enrol-code', '--commune', '21520'), '--db', stage.db])
  const ended = new Promise(resolve => child.on('close', resolve))
  const number = await new Promise(resolve => child.stdout.on('data', () => { const n = child.said.match(/^\d{8}/); if (n) resolve(n[0]) }))
  check(at(province, 'kiosks').includes(number), 'the province shows the same number')
  const kiosk = at(province, 'enrol-confirm', number)
  same(await ended, 0, `the exit code (${child.complaints})`)
  check(child.said.includes(`let in as ${kiosk}`), child.said)
})

await cases.test('the province holds what may leave the commune, and nothing else', async () => {
  await peer.send([['completions', day, 'm01-b01', '-', 31], ['completions', day, 'm01-b02', '-', 3], ['completions', day, 'm01-b03', '-', 7]], people(30, 12))
  const sent = await told(stage, 'forward')
  same(sent.code, 0, sent.complaints)
  check(/\d+ figures told to http.* all acknowledged/.test(sent.said), sent.said)
  same(above(), outside(), 'the figures')
  same(value(above(), 'completions', month, '-', '-'), 41, 'lượt of all lessons')
  same(value(above(), 'completions', month, 'm01-b01', '-'), 31, 'of a lesson')
  same(value(above(), 'completions', month, 'm01-b02', '-'), undefined, 'of one with three')
  same(value(above(), 'completions', month, 'm01-b03', '-'), undefined, 'of the one that would tell it')
  check(!above().includes('thon='), 'no thôn leaves')
  check(/nothing new/.test((await told(stage, 'forward')).said), 'the second time')
})

await cases.test('an answer that is lost costs nothing, a letter that comes twice adds nothing', async () => {
  await peer.send([], people(20, 3)) // fewer than were told: it falls
  between.lose = true
  const n = between.letters.length
  same((await told(stage, 'forward')).code, 75, 'later')
  between.lose = false
  same((await told(stage, 'forward')).code, 0, 'now')
  check(between.letters[n].equals(between.letters[n + 1]), 'the same bytes again')
  same(above(), outside(), 'the figures')
  same(value(above(), 'active', month, '-', '-'), 20, 'people')
  same(value(above(), 'active', month, '-', 'sex=f'), undefined, 'three women stay')
  for (const bytes of between.letters) same((await ask(province.url, 'POST', '/v1/bundles', bytes)).status, 200, 'a repeat')
  same(above(), outside(), 'after all letters once more')
})

await cases.test('a province that was put back is told again', async () => {
  at(province, 'backup', join(province.dir, 'old.db'))
  await peer.send([['completions', day, 'm01-b01', '-', 90]], people(60, 30))
  same((await told(stage, 'forward')).code, 0, 'told')
  await province.stopServer()
  same((await told(stage, 'forward')).code, 75, 'nobody is there')
  const db = province.db.slice('sqlite:'.length)
  copyFileSync(join(province.dir, 'old.db'), db)
  rmSync(`${db}-wal`, { force: true })
  await province.startServerAgain()
  check(above() !== outside(), 'the province forgot')
  same((await told(stage, 'forward')).code, 0, 'told again')
  same(above(), outside(), 'the figures')
})

await cases.test('a machine of a commune without a server sends to the province', async () => {
  const own = makeKey()
  at(province, 'set', 'thon.21523.t01', 'Nước Giáp')
  const code = at(province, 'enrol-code', '--commune', '21523')
  const kiosk = at(province, 'enrol-confirm', await askIn(province, own, code))
  const body = jws(own, { schema: 1, code, public_key: own.x, nonce: 'mot-lan' }, { typ: 'bdhvs-enrol+json', jwk: { kty: 'OKP', crv: 'Ed25519', x: own.x } })
  const granted = await ask(province.url, 'POST', '/v1/enrol', body)
  const grant = JSON.parse(Buffer.from(granted.text.split('.')[1], 'base64url').toString())
  same([grant.commune, grant.settings.commune.code, grant.settings.thon.t01], ['21523', '21523', 'Nước Giáp'], 'the grant')
  const direct = new Peer(province, own, kiosk)
  const bundle = { schema: 1, commune: '21520', kiosk, n: 1, run: direct.run, nonce: 'a', version: '1', packs: {}, health: {}, runs: [], known: [], counts: [], gauges: [] }
  same((await ask(province.url, 'POST', '/v1/bundles', jws(own, bundle))).status, 400, 'for another commune')
  direct.commune = '21523'
  await direct.send([['completions', day, 'm01-b01', '-', 17]], [['registered', month, '-', '-', 9]])
})

at(province, 'set', 'xa.21520', 'Xã Đặng Thùy Trâm')
at(province, 'set', 'xa.21523', 'Xã Ba Vinh')
at(province, 'set', 'xa.21529', 'Xã <i>An Hòa</i>')
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox'] })

await cases.test('/cac-xa shows each commune, and what is not known as not known', async () => {
  for (const [name, viewport] of Object.entries({ wide: { width: 1440, height: 900 }, narrow: { width: 390, height: 844 } })) {
    const page = await (await browser.newContext({ viewport, javaScriptEnabled: false })).newPage()
    await page.goto(`${province.url}/cac-xa?period=${month}`)
    await page.fill('#ten', 'quantri')
    await page.fill('#mat-khau', PASSWORD)
    await Promise.all([page.waitForNavigation(), page.click('main form button')])
    const rows = await page.locator('main tbody tr').allInnerTexts()
    const cells = rows.map(r => r.split('\t').map(c => c.trim()))
    same(cells.map(c => c[0]), ['Xã <i>An Hòa</i>', 'Xã Ba Vinh', 'Xã Đặng Thùy Trâm', 'Các xã có số liệu'], 'the communes, by alphabet')
    same(cells[0].slice(1, 8), Array(7).fill('chưa có'), 'a commune that never sent')
    same([cells[1][1], cells[1][5]], ['9', '17'], 'the commune of one machine')
    same([cells[2][1], cells[2][2], cells[2][5]], ['60', '60', '100'], 'the commune with a server')
    same([cells[3][1], cells[3][5]], ['69', '117'], 'together')
    check(!(await page.content()).includes('/theo-thon'), 'no pages of a commune')
    same([(await ask(province.url, 'GET', '/theo-thon')).status, (await ask(stage.url, 'GET', '/cac-xa')).status], [404, 404], 'pages of the other kind')
    await page.screenshot({ path: join(pictures, `cac-xa-${name}.png`), fullPage: true })
    if (name === 'wide') {
      const csv = await (await page.context().request.get(`${province.url}/totals.csv?period=${month}`)).text()
      check(csv.includes('"21529","Xã <i>An Hòa</i>","","",'), csv)
      check(csv.includes('"21523","Xã Ba Vinh",9,'), csv)
      await page.goto(`${province.url}/cac-may`)
      check(/Xã Đặng Thùy Trâm \(k[0-9a-f]{16}\)/.test(await page.innerText('main')), 'a sender goes by its commune')
      await page.screenshot({ path: join(pictures, 'cac-may.png'), fullPage: true })
      await page.goto(`${province.url}/viec-cho`)
      await page.screenshot({ path: join(pictures, 'viec-cho.png'), fullPage: true })
      await page.fill('input[name=xa]', '21531')
      await Promise.all([page.waitForNavigation(), page.click('text=Lấy mã cho máy mới')])
      check(/^[0-9A-Z]{8}$/.test(await page.innerText('.code')), 'a code for that commune')
    }
    await page.context().close()
  }
})

await browser.close()
road.close()
await province.close()
await cases.end()
