// A kiosk in a few lines of its own, by the documents alone: key, JWS, enrolment, bundles.
import { createHash, generateKeyPairSync, sign as signBytes } from 'node:crypto'
import { request } from 'node:http'
import { same } from './cases.mjs'
import { bin, run } from './stage.mjs'

export const RUN = '9f2c11aa03b7e6d1'
const b64 = bytes => Buffer.from(bytes).toString('base64url')

export function makeKey() {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519')
  const x = publicKey.export({ format: 'jwk' }).x
  return { privateKey, x, kid: createHash('sha256').update(`{"crv":"Ed25519","kty":"OKP","x":"${x}"}`).digest('base64url') }
}

export function jws(key, payload, header = {}) {
  const text = typeof payload === 'string' ? payload : JSON.stringify(payload)
  const head = { alg: 'EdDSA', kid: key.kid, typ: 'bdhvs-totals+json', ...header }
  const signed = `${b64(JSON.stringify(head))}.${b64(text)}`
  return `${signed}.${b64(signBytes(null, Buffer.from(signed), key.privateKey))}`
}

// One HTTP request as it is, without cookies, redirects or a browser's manners.
export function ask(url, method, path, body, headers = {}) {
  return new Promise((resolve, reject) => {
    const r = request(url + path, { method, headers: { ...(body === undefined ? {} : { 'Content-Length': Buffer.byteLength(body) }), ...headers } }, answer => {
      let text = ''
      answer.setEncoding('utf8')
      answer.on('data', d => { text += d })
      answer.on('end', () => resolve({ status: answer.statusCode, headers: answer.headers, text }))
    })
    let answered = false
    r.on('response', () => { answered = true })
    r.on('error', e => { if (!answered) reject(e) })
    r.end(body)
  })
}

// Asks to be let in; returns the number that both screens show.
export async function askIn(stage, key, code) {
  const body = jws(key, { schema: 1, code, public_key: key.x, nonce: 'mot-lan' }, { typ: 'bdhvs-enrol+json', jwk: { kty: 'OKP', crv: 'Ed25519', x: key.x } })
  const waiting = await ask(stage.url, 'POST', '/v1/enrol', body)
  same(waiting.status, 202, `the code is taken (${waiting.text})`)
  const both = Buffer.concat([Buffer.from(key.x, 'base64url'), Buffer.from(JSON.parse(waiting.text).server_key, 'base64url')])
  return String(createHash('sha256').update(both).digest().readBigUInt64BE() % 100000000n).padStart(8, '0')
}

export async function enrol(stage, key) {
  const server = (...args) => run(bin('bdhvs-server'), [...args, '--db', stage.db]).trim()
  return server('enrol-confirm', await askIn(stage, key, server('enrol-code')))
}

// A kiosk that has counted: sends `counts` [stat, day, unit, dims, plus] and `gauges` [stat,
// period, unit, dims, value] in as many bundles as it takes.
export class Peer {
  constructor(stage, key, kiosk) {
    Object.assign(this, { stage, key, kiosk, n: 0, rev: 0, startMs: 1735700000000, trust: 3 })
    this.run = createHash('sha256').update(kiosk).digest('hex').slice(0, 16)
    this.health = { free_mb: 9626, power_cuts: 0, db: 'ok', undervolt: false, temp_c: 49, only_here: 0 }
  }

  async send(counts, gauges = []) {
    const rows = [...counts.map(r => ['counts', r]), ...gauges.map(r => ['gauges', r])]
    for (let at = 0; at === 0 || at < rows.length; at += 400) {
      const from = this.rev + 1
      const bundle = { schema: 1, commune: this.commune ?? '21520', kiosk: this.kiosk, n: ++this.n, run: this.run, nonce: 'abc', version: '1.4.2', packs: { bdhvs: this.pack ?? 31 }, health: this.health, counts: [], gauges: [] }
      for (const [kind, row] of rows.slice(at, at + 400)) bundle[kind].push([0, ...row, kind === 'gauges' ? ++this.rev : 0])
      bundle.runs = [[this.run, 1, this.startMs, 500, this.trust, from, Math.max(from, this.rev)]]
      bundle.known = [[this.run, from - 1]]
      this.rev = Math.max(from, this.rev)
      const answer = await ask(this.stage.url, 'POST', '/v1/bundles', jws(this.key, bundle), { 'Content-Type': 'application/jose' })
      same(answer.status, 200, `a bundle of ${this.kiosk}: ${answer.text}`)
      const ack = JSON.parse(Buffer.from(answer.text.split('.')[1], 'base64url').toString())
      same(ack.rejected, [], `rows of ${this.kiosk} that were set aside`)
    }
  }
}
