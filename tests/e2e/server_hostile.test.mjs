// Strangers at the commune server's door: bytes that are no bundle, foreign keys,
// replays, half-sent requests, hostile names on the page. What is stored never changes
// by it, and the others are still served.
import { request } from 'node:http'
import { connect } from 'node:net'
import { Cases, check, same } from './cases.mjs'
import { RUN, ask as askAt, enrol, jws, makeKey } from './peer.mjs'
import { Stage, StageError, bin, run } from './stage.mjs'

const stage = new Stage()
const cases = new Cases(stage)
const HOSTILE = '<script>alert(1)</script>"\'&'

const b64 = bytes => Buffer.from(bytes).toString('base64url')
const ask = (...what) => askAt(stage.url, ...what)
const post = body => ask('POST', '/v1/bundles', body, { 'Content-Type': 'application/jose' })
const server = (...args) => run(bin('bdhvs-server'), [...args, '--db', stage.db])

let n = 0
const bundle = (kiosk, extra = {}) => ({
  schema: 1, commune: '21520', kiosk, n: ++n, run: RUN, nonce: 'abc', runs: [[RUN, 1, 1795300000000, 500, 3, 1, 2]], known: [[RUN, 0]], version: '0.1.0', packs: { bdhvs: 1 },
  health: { free_mb: 100, power_cuts: 0, db: 'ok', undervolt: false, only_here: 0 },
  counts: [[0, 'completions', '2026-11-22', 'm09-b03', '-', 7, 1], [0, 'completions', '2026-11-22', 'm09-b03', 'thon=t03', 7, 1]],
  gauges: [[0, 'registered', '2026-H2', '-', 'thon=t03', 5, 2]], ...extra,
})

const totals = () => stage.serverTotals()

await stage.openServer(['--open-page'])
const key = makeKey()
const stranger = makeKey()
const kiosk = await enrol(stage, key)
const good = jws(key, bundle(kiosk))
const taken = await post(good)
if (taken.status !== 200) throw new StageError(`an ordinary bundle is refused: ${taken.status} ${taken.text}`)
const held = totals()

async function refused(what, body, statuses = [400]) {
  const answer = await post(body)
  check(statuses.includes(answer.status), `${what}: ${statuses.join(' or ')}, not ${answer.status} ${answer.text}`)
  check(typeof JSON.parse(answer.text).error === 'string', `${what}: a reason in JSON, not ${answer.text}`)
  same(totals(), held, `${what}: totals`)
}

await cases.test('what is no bundle is refused with a reason', async () => {
  const [head, payload, signature] = good.split('.')
  const bodies = {
    'nothing': '', 'one dot': '.', 'two dots': '..', 'noise': '\x00\xff{}', 'JSON': '{"alg":"EdDSA"}', 'no signature': `${head}.${payload}`,
    'an empty signature': `${head}.${payload}.`, 'four parts': `${good}.x`, 'a space': `${head}. ${payload}.${signature}`, 'padding': `${head}=.${payload}.${signature}`,
    'a signature cut short': good.slice(0, -4), 'a line end': `${good}\n`, 'HTML': '<html>Đăng nhập wifi</html>',
  }
  for (const [what, body] of Object.entries(bodies)) await refused(what, body)
})

await cases.test('foreign, unsigned and mistyped bundles are refused', async () => {
  const [head, payload, signature] = good.split('.')
  const other = b64(JSON.stringify(bundle(kiosk, { counts: [[0, 'completions', '2026-11-22', 'm09-b03', '-', 99, 2]] })))
  await refused('a key nobody enrolled', jws(stranger, bundle(kiosk)), [401])
  await refused('another key under our kid', jws(stranger, bundle(kiosk), { kid: key.kid }))
  await refused('a changed payload', `${head}.${other}.${signature}`)
  await refused('alg none', `${b64(JSON.stringify({ alg: 'none', kid: key.kid, typ: 'bdhvs-totals+json' }))}.${payload}.`)
  await refused('alg HS256', jws(key, bundle(kiosk), { alg: 'HS256' }))
  for (const typ of ['bdhvs-ack+json', 'bdhvs-grant+json', 'bdhvs-enrol+json', 'JWT', '']) await refused(`typ ${typ}`, jws(key, bundle(kiosk), { typ }))
  await refused('crit', jws(key, bundle(kiosk), { crit: ['exp'] }))
})

await cases.test('well signed nonsense is refused', async () => {
  const payloads = {
    'no JSON': 'xin chào', 'an array': '[]', 'nothing': '', 'NUL': '{"schema":1,"a":"\u0000"}', 'a duplicate key': JSON.stringify(bundle(kiosk)).replace('{"schema":1,', '{"schema":1,"schema":1,'),
    'deep': JSON.stringify(bundle(kiosk, { x: [[[[[[1]]]]]] })), 'very deep': `${'['.repeat(20000)}${']'.repeat(20000)}`,
    'another schema': { ...bundle(kiosk), schema: 2 }, 'another commune': bundle(kiosk, { commune: '99999' }), 'another kiosk': bundle('k0000000000000000'), 'no kiosk': { ...bundle(kiosk), kiosk: undefined },
    'a kiosk id with markup': bundle(HOSTILE), 'a fraction': bundle(kiosk, { counts: [[0, 'starts', '2026-11-22', 'm09-b03', '-', 1.5, 1]] }), '501 rows': bundle(kiosk, { counts: Array.from({ length: 501 }, (_, i) => [0, 'starts', '2026-11-22', `u${i}`, '-', 1, 1]) }),
    'n negative': { ...bundle(kiosk), n: -1 }, 'n of 2^53': JSON.stringify(bundle(kiosk)).replace(/"n":\d+/, '"n":9007199254740993'),
  }
  for (const [what, payload] of Object.entries(payloads)) await refused(what, jws(key, payload))
})

await cases.test('bad rows are set aside and do not block the good ones', async () => {
  const bad = [
    [0, 'completions', '2026-11-22', HOSTILE, '-', 1, 1], [0, 'completions', '2026-13-45', 'm09-b03', '-', 1, 1], [0, 'completions', '2026-11-22', 'm09-b03', 'thon=t03;sex=f', 1, 1],
    [9, 'completions', '2026-11-22', 'm09-b03', '-', 1, 1], [0, 'completions', '2026-11-22', '../etc', '-', 1, 1], [0, 'completions', '2026-11-22', 'm09-b03', '-', '1', 1], [0, 'completions', '2026-11-22', 'm09-b03', '-', -5, 1], [], 'x', null,
  ]
  const answer = await post(jws(key, bundle(kiosk, { runs: [[RUN, 1, 1795300000000, 500, 3, 1, 2]], counts: [...bad, [0, 'completions', '2026-11-22', 'm09-b03', '-', 7, 1]] })))
  same(answer.status, 200, answer.text)
  const ack = JSON.parse(Buffer.from(answer.text.split('.')[1], 'base64url').toString())
  same(ack.rejected.map(r => r.i), bad.map((_, i) => i), 'the places that are set aside')
  same(totals(), held, 'totals')
})

await cases.test('oversized bodies are refused, announced or not', async () => {
  await refused('97 KiB announced', 'x'.repeat(97 * 1024), [413])
  const streamed = await new Promise((resolve, reject) => {
    const r = request(`${stage.url}/v1/bundles`, { method: 'POST', headers: { 'Transfer-Encoding': 'chunked' } }, answer => { answer.resume(); resolve(answer.statusCode) })
    r.on('error', reject)
    r.write('x'.repeat(200 * 1024))
    r.end()
  })
  same(streamed, 413, 'in chunks')
  same((await ask('POST', '/v1/enrol', 'x'.repeat(5000))).status, 413, 'enrolment')
  same((await ask('POST', '/v1/enrol', '{}')).status, 400, 'enrolment with nothing in it')
  same(totals(), held, 'totals')
})

await cases.test('replays are answered and change nothing', async () => {
  for (let i = 0; i < 5; i++) same((await post(good)).status, 200, `replay ${i}`)
  const smaller = await post(jws(key, bundle(kiosk, { counts: [[0, 'completions', '2026-11-22', 'm09-b03', '-', 3, 1]], gauges: [[0, 'registered', '2026-H2', '-', 'thon=t03', 2, 1]] })))
  same(smaller.status, 200, 'an older state')
  same(totals(), held, 'totals')
})

await cases.test('fifty half-sent requests do not keep others out', async () => {
  const address = new URL(stage.url)
  const sockets = await Promise.all(Array.from({ length: 50 }, (_, i) => new Promise((resolve, reject) => {
    const socket = connect(Number(address.port), address.hostname, () => {
      socket.write(i % 2 ? 'POST /v1/bundles HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 5000\r\n\r\nabc' : 'GET / HTTP/1.1\r\nHost: 127.0')
      resolve(socket)
    })
    socket.on('error', reject)
  })))
  same((await ask('GET', '/healthz')).text, 'ok\n', 'healthz')
  same((await post(good)).status, 200, 'a bundle')
  same(totals(), held, 'totals')
  for (const socket of sockets) {
    socket.removeAllListeners('error')
    socket.on('error', () => {})
    socket.destroy()
  }
})

await cases.test('unknown paths and methods are refused', async () => {
  for (const [method, path, status] of [['GET', '/nix', 404], ['GET', '/../../etc/passwd', 404], ['GET', '/%2e%2e/%2e%2e/etc/passwd', 404], ['GET', `/${'a'.repeat(5000)}`, 404], ['GET', '/v1/bundles', 405], ['DELETE', '/', 405],
    ['PUT', '/v1/bundles', 405], ['GET', '/v1/time', 400], ['GET', '/v1/time?nonce=%3Cscript%3E', 400], ['GET', `/v1/time?nonce=${'a'.repeat(65)}`, 400]]) {
    const answer = await ask(method, path)
    same(answer.status, status, `${method} ${path.slice(0, 40)}`)
    check(typeof JSON.parse(answer.text).error === 'string', `${path}: a reason`)
  }
})

await cases.test('names on the page are text, never markup', async () => {
  server('set', 'thon.t03', HOSTILE)
  server('set', 'commune.name', HOSTILE)
  const raw = 'm0.9_x-1' // a unit that no pack names is shown as it is
  same((await post(jws(key, bundle(kiosk, { runs: [[RUN, 1, 1795300000000, 500, 3, 1, 3]], counts: [[0, 'completions', '2026-11-22', raw, '-', 2, 3]] })))).status, 200, 'a unit nobody knows')
  for (const path of ['/', '/?period=2026-H2', '/theo-thon', '/theo-bai', '/theo-nhom', '/don-vi', '/cac-may', '/goi-bai', '/dang-nhap?ve=/%22%3E%3Cscript%3E', '/may?id=%3Cscript%3E', '/?period=%3Cscript%3Ealert(1)%3C/script%3E', '/?period=2026-11-22..2026-11-23']) {
    const page = await ask('GET', path)
    check([200, 400, 404].includes(page.status), `${path}: ${page.status}`)
    check(!/<script|alert\(1\)<\/script>/.test(page.text), `${path}: markup from outside`)
    const csp = page.headers['content-security-policy']
    check(csp?.includes("default-src 'none'") && !csp.includes('unsafe'), `${path}: content security policy: ${csp}`)
    same(page.headers['x-content-type-options'], 'nosniff', path)
  }
  const page = (await ask('GET', '/?period=2026-H2')).text
  check(page.includes('&lt;script&gt;alert(1)'), 'the name is shown as it was written')
  check((await ask('GET', '/theo-bai?period=2026-H2')).text.includes(raw), 'the unknown unit is shown as it is')
})

await cases.test('cells of the table file never become formulas', async () => {
  for (const bad of ['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', ' =1', '"=1']) {
    try { server('set', 'thon.t03', bad) } catch { continue } // refused: as good
    const csv = (await ask('GET', '/totals.csv?period=2026-H2')).text
    const cells = csv.split(/,|\r\n/)
    const dangerous = cells.filter(c => /^"?[=+\-@\t\r]/.test(c) && !/^-?\d+$/.test(c))
    same(dangerous, [], `cells after ${JSON.stringify(bad)}`)
    check(/^\uFEFF?"/.test(csv), 'cells are quoted')
  }
})

await cases.test('a revoked machine is refused', async () => {
  const before = totals()
  server('revoke', kiosk)
  const answer = await post(good)
  same(answer.status, 401, answer.text)
  same(totals(), before, 'totals')
})

await cases.end()
