// What a server of the same promise costs in Node: node:http, node:crypto and better-sqlite3,
// one transaction a moment for all uploads that have come, flushed before they are acknowledged.
//   server.mjs DB KEYS     KEYS: "kid public_hex kiosk" a line. Prints its address.
import { createHash, createPublicKey, generateKeyPairSync, sign, verify } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import Database from 'better-sqlite3'

const [, , path, keysPath] = process.argv
const db = new Database(path)
for (const pragma of ['locking_mode = EXCLUSIVE', 'journal_mode = WAL', 'synchronous = EXTRA']) db.pragma(pragma)
db.exec(`CREATE TABLE counter(commune, kiosk, run, stat, period, unit, dims, plus, minus,
    PRIMARY KEY(commune, kiosk, run, stat, period, unit, dims)) WITHOUT ROWID;
  CREATE TABLE gauge(commune, kiosk, stat, period, unit, dims, value, ord, rev, run,
    PRIMARY KEY(commune, kiosk, stat, period, unit, dims)) WITHOUT ROWID;
  CREATE TABLE run(commune, kiosk, run, ord, start_ms, held, top, PRIMARY KEY(commune, kiosk, run)) WITHOUT ROWID;
  CREATE TABLE upload(kiosk, n, sha256, PRIMARY KEY(kiosk, n, sha256)) WITHOUT ROWID`)
const count = db.prepare(`INSERT INTO counter VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET
  plus = max(plus, excluded.plus), minus = max(minus, excluded.minus)`)
const gauge = db.prepare(`INSERT INTO gauge VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET
  value = excluded.value, ord = excluded.ord, rev = excluded.rev, run = excluded.run
  WHERE (gauge.ord, gauge.rev, gauge.run) < (excluded.ord, excluded.rev, excluded.run)`)
const line = db.prepare(`INSERT INTO run VALUES(?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET
  top = max(top, excluded.top), held = CASE WHEN ? <= held + 1 THEN max(held, excluded.top) ELSE held END`)
const upload = db.prepare('INSERT INTO upload VALUES(?, ?, ?) ON CONFLICT DO NOTHING')
const held = db.prepare('SELECT held, top FROM run WHERE commune = ? AND kiosk = ? AND run = ?')

const der = Buffer.from('302a300506032b6570032100', 'hex')
const keys = new Map(readFileSync(keysPath, 'utf8').trim().split('\n').map(l => l.split(' ')).map(([kid, hex, kiosk]) =>
  [kid, { kiosk, key: createPublicKey({ key: Buffer.concat([der, Buffer.from(hex, 'hex')]), format: 'der', type: 'spki' }) }]))
const { privateKey } = generateKeyPairSync('ed25519')

function open(body) {
  const [head, payload, signature] = body.split('.')
  const { kid, typ } = JSON.parse(Buffer.from(head, 'base64url'))
  const sender = keys.get(kid)
  if (!sender || typ !== 'bdhvs-totals+json') return null
  if (!verify(null, Buffer.from(`${head}.${payload}`), sender.key, Buffer.from(signature, 'base64url'))) return null
  return { b: JSON.parse(Buffer.from(payload, 'base64url')), sha256: createHash('sha256').update(body).digest('hex') }
}

const merge = db.transaction(uploads => uploads.map(({ b, sha256 }) => {
  for (const [id, ord, start, , , from, to] of b.runs) line.run(b.commune, b.kiosk, id, ord, start, to, to, from)
  for (const [r, stat, period, unit, dims, plus, minus] of b.counts) count.run(b.commune, b.kiosk, b.runs[r][0], stat, period, unit, dims, plus, minus)
  for (const [r, stat, period, unit, dims, value, rev] of b.gauges) gauge.run(b.commune, b.kiosk, stat, period, unit, dims, value, b.runs[r][1], rev, b.runs[r][0])
  upload.run(b.kiosk, b.n, sha256)
  return Object.fromEntries(b.runs.map(([id]) => { const h = held.get(b.commune, b.kiosk, id); return [id, [h.held, h.top]] }))
}))

const head = Buffer.from('{"alg":"EdDSA","kid":"x","typ":"bdhvs-ack+json"}').toString('base64url')
function ack(u, runs) {
  const text = `${head}.${Buffer.from(JSON.stringify({ schema: 1, for: u.sha256, kiosk: u.b.kiosk, held: runs, time_ms: Date.now(), nonce: u.b.nonce, after_s: 900 })).toString('base64url')}`
  return `${text}.${sign(null, Buffer.from(text), privateKey).toString('base64url')}`
}

let waiting = []
function takeAll() {
  const all = waiting
  waiting = []
  const runs = merge(all.map(w => w.u))
  all.forEach((w, i) => w.response.end(ack(w.u, runs[i])))
}

createServer((request, response) => {
  const parts = []
  request.on('data', d => parts.push(d)).on('end', () => {
    const u = open(Buffer.concat(parts).toString('latin1'))
    if (!u) return response.writeHead(400).end()
    if (waiting.push({ u, response }) === 1) setImmediate(takeAll)
  })
}).listen(0, '127.0.0.1', function () { console.log(`http://127.0.0.1:${this.address().port}`) })
