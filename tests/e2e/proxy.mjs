// A bad network between kiosks and their server: requests and answers that get lost, come
// late, twice, cut in half, or are answered by somebody else (a portal's 200).
import { createServer, request as ask } from 'node:http'

const PORTAL = '<html><body>Mời đăng nhập Wi-Fi</body></html>'
const LATE_KEPT = 40

export class BadNetwork {
  constructor(port) {
    this.to = port // of the server, as it is now
    this.share = 0 // of the requests that something happens to
    this.seen = {} // what happened, how often
    this.old = [] // uploads that may come again much later
  }

  async open() {
    this.server = createServer((q, r) => this.carry(q, r).catch(() => r.destroy()))
    this.server.keepAliveTimeout = 500
    await new Promise(resolve => this.server.listen(0, '127.0.0.1', resolve))
    this.url = `http://127.0.0.1:${this.server.address().port}`
  }

  close() { this.server.closeAllConnections(); this.server.close() }

  // {status, headers, body} of the real server; throws when it cannot be reached.
  forward({ method, url, headers }, body) {
    return new Promise((resolve, reject) => {
      const r = ask({ host: '127.0.0.1', port: this.to, method, path: url, headers: { ...headers, host: `127.0.0.1:${this.to}`, connection: 'close' } }, answer => {
        const parts = []
        answer.on('data', d => parts.push(d)).on('end', () => resolve({ status: answer.statusCode, headers: answer.headers, body: Buffer.concat(parts) })).on('error', reject)
      })
      r.setTimeout(10000, () => r.destroy(new Error('silent')))
      r.on('error', reject)
      r.end(body)
    })
  }

  async carry(q, r) {
    const parts = []
    for await (const part of q) parts.push(part)
    const body = Buffer.concat(parts)
    const upload = q.method === 'POST' && q.url === '/v1/bundles'
    const kinds = Object.keys(mishaps)
    const what = Math.random() < this.share ? kinds[Math.floor(Math.random() * kinds.length)] : 'passed'
    this.seen[what] = (this.seen[what] ?? 0) + 1
    if (upload && this.old.push({ q: { method: q.method, url: q.url, headers: q.headers }, body }) > LATE_KEPT) this.old.shift()
    await (mishaps[what] ?? pass)(this, q, body, r)
  }
}

function give(r, { status, headers, body }) {
  r.writeHead(status, { 'content-type': headers['content-type'] ?? 'text/plain', 'content-length': body.length, ...(headers['retry-after'] ? { 'retry-after': headers['retry-after'] } : {}) })
  r.end(body)
}

async function pass(net, q, body, r) { give(r, await net.forward(q, body)) }

const mishaps = {
  async request_lost(net, q, body, r) { r.destroy() },
  async answer_lost(net, q, body, r) { await net.forward(q, body); r.destroy() },
  async late(net, q, body, r) {
    await new Promise(resolve => setTimeout(resolve, 50 + Math.random() * 700))
    await pass(net, q, body, r)
  },
  async twice(net, q, body, r) {
    const [first] = await Promise.all([net.forward(q, body), net.forward(q, body)])
    give(r, first)
  },
  async an_old_one_again(net, q, body, r) {
    const old = net.old[Math.floor(Math.random() * net.old.length)]
    if (old) await net.forward(old.q, old.body).catch(() => {})
    await pass(net, q, body, r)
  },
  async request_cut(net, q, body, r) {
    const half = body.subarray(0, body.length >> 1)
    give(r, await net.forward({ ...q, headers: { ...q.headers, 'content-length': half.length } }, half))
  },
  async answer_cut(net, q, body, r) {
    const answer = await net.forward(q, body)
    r.writeHead(answer.status, { 'content-length': answer.body.length })
    r.write(answer.body.subarray(0, answer.body.length >> 1), () => r.destroy())
  },
  async portal(net, q, body, r) { give(r, { status: 200, headers: { 'content-type': 'text/html' }, body: Buffer.from(PORTAL) }) },
  async busy(net, q, body, r) { give(r, { status: 503, headers: { 'retry-after': '1' }, body: Buffer.from('busy') }) },
  async answer_of_another(net, q, body, r) {
    const old = net.old[0]
    give(r, await (old ? net.forward(old.q, old.body) : net.forward(q, body)))
  }
}
