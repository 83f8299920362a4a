// A disk with a volatile cache, as cards and cheap drives are: what was written stays in memory
// until the machine asks for a flush. When the power goes, each sector that was not flushed is
// on the disk or not, by chance, whenever it was written. An NBD server for one client (protocol:
// NetworkBlockDevice/nbd, doc/proto.md, fixed newstyle handshake with NBD_OPT_GO).
import { createServer } from 'node:net'
import { closeSync, fstatSync, openSync, readSync, writeSync } from 'node:fs'

const SECTOR = 512
const HANDSHAKE = 0x49484156454f5054n, REPLY = 0x3e889045565a9n
const REQUEST_MAGIC = 0x25609513, ANSWER_MAGIC = 0x67446698
const OPT = { EXPORT_NAME: 1, ABORT: 2, INFO: 6, GO: 7 }
const ACK = 1, INFO_REP = 3, UNSUPPORTED = 0x80000001
const FLAGS = 1 | 4 | 8 // has flags, flush, FUA

export class VolatileDisk {
  constructor(file, socket) {
    this.fd = openSync(file, 'r+')
    this.size = fstatSync(this.fd).size
    this.socket = socket
    this.unflushed = new Map() // number of the sector → its bytes
    this.isOff = false
    this.onWrite = () => {}
  }

  async open() {
    this.server = createServer(client => this.#serve(client)).listen(this.socket)
    await new Promise(resolve => this.server.once('listening', resolve))
    return this
  }

  // Resolves at the moment of the nth write from now.
  async write(n) {
    await new Promise(resolve => { this.onWrite = () => { if (--n === 0) resolve() } })
  }

  // The power goes, at once. `keep`: the chance of a sector that was not flushed. Returns how
  // many sectors are lost.
  async cut(keep = Math.random()) {
    let lost = 0
    this.isOff = true
    for (const at of this.unflushed.keys()) {
      if (Math.random() < keep) continue
      this.unflushed.delete(at)
      lost++
    }
    await this.close()
    return lost
  }

  async close() {
    this.client?.destroy()
    await new Promise(resolve => this.server.close(resolve))
    this.#flush()
    closeSync(this.fd)
  }

  #flush() {
    for (const [at, bytes] of this.unflushed) writeSync(this.fd, bytes, 0, SECTOR, at * SECTOR)
    this.unflushed.clear()
  }

  #sector(at) {
    const bytes = Buffer.alloc(SECTOR)
    readSync(this.fd, bytes, 0, SECTOR, at * SECTOR)
    return bytes
  }

  #read(offset, n) {
    const out = Buffer.alloc(n)
    readSync(this.fd, out, 0, n, offset)
    for (let at = Math.floor(offset / SECTOR); at * SECTOR < offset + n; at++) {
      const bytes = this.unflushed.get(at)
      if (!bytes) continue
      const from = Math.max(offset, at * SECTOR), to = Math.min(offset + n, (at + 1) * SECTOR)
      bytes.copy(out, from - offset, from - at * SECTOR, to - at * SECTOR)
    }
    return out
  }

  #write(offset, data) {
    for (let at = Math.floor(offset / SECTOR); at * SECTOR < offset + data.length; at++) {
      const bytes = this.unflushed.get(at) ?? this.#sector(at)
      const from = Math.max(offset, at * SECTOR), to = Math.min(offset + data.length, (at + 1) * SECTOR)
      data.copy(bytes, from - at * SECTOR, from - offset, to - offset)
      this.unflushed.set(at, bytes)
    }
  }

  #answer(client, handle, data) {
    const head = Buffer.alloc(16)
    head.writeUInt32BE(ANSWER_MAGIC, 0)
    head.writeBigUInt64BE(handle, 8)
    client.write(data ? Buffer.concat([head, data]) : head)
  }

  #serve(client) {
    this.client = client
    client.on('error', () => {}) // the machine was cut off
    const input = new Input(client)
    const hello = Buffer.alloc(18)
    hello.write('NBDMAGIC')
    hello.writeBigUInt64BE(HANDSHAKE, 8)
    hello.writeUInt16BE(3, 16)
    client.write(hello)
    this.#talk(client, input).catch(e => { if (e !== Input.END) throw e })
  }

  async #talk(client, input) {
    const noZeroes = (await input.take(4)).readUInt32BE() & 2
    for (let going = false; !going;) {
      const head = await input.take(16)
      const option = head.readUInt32BE(8)
      await input.take(head.readUInt32BE(12))
      if (option === OPT.ABORT) return client.end()
      going = option === OPT.GO || option === OPT.EXPORT_NAME
      const what = Buffer.alloc(12)
      what.writeBigUInt64BE(BigInt(this.size), 2)
      what.writeUInt16BE(FLAGS, 10)
      if (option === OPT.EXPORT_NAME) client.write(Buffer.concat([what.subarray(2), Buffer.alloc(noZeroes ? 0 : 124)]))
      else if (option === OPT.GO || option === OPT.INFO) client.write(Buffer.concat([optionReply(option, INFO_REP, what), optionReply(option, ACK)]))
      else client.write(optionReply(option, UNSUPPORTED))
    }
    for (;;) {
      const head = await input.take(28)
      if (this.isOff) return
      if (head.readUInt32BE(0) !== REQUEST_MAGIC) throw new Error('disk: not a request')
      const fua = head.readUInt16BE(4) & 1, command = head.readUInt16BE(6), handle = head.readBigUInt64BE(8)
      const offset = Number(head.readBigUInt64BE(16)), n = head.readUInt32BE(24)
      if (command === 2) return client.end()
      if (command === 0) { this.#answer(client, handle, this.#read(offset, n)); continue }
      if (command === 1) {
        const data = await input.take(n)
        if (this.isOff) return
        this.#write(offset, data)
        this.onWrite()
      }
      if (command === 3 || fua) this.#flush()
      this.#answer(client, handle)
    }
  }
}

function optionReply(option, type, data = Buffer.alloc(0)) {
  const head = Buffer.alloc(20)
  head.writeBigUInt64BE(REPLY, 0)
  head.writeUInt32BE(option, 8)
  head.writeUInt32BE(type, 12)
  head.writeUInt32BE(data.length, 16)
  return Buffer.concat([head, data])
}

// Exactly so many bytes of a stream, in order.
class Input {
  static END = Symbol('the other side is gone')
  #have = []
  #n = 0
  #wake = () => {}
  #ended = false
  constructor(stream) {
    stream.on('data', d => { this.#have.push(d); this.#n += d.length; this.#wake() })
    stream.on('close', () => { this.#ended = true; this.#wake() })
  }
  async take(n) {
    while (this.#n < n) {
      if (this.#ended) throw Input.END
      await new Promise(resolve => { this.#wake = resolve })
    }
    const all = this.#have.length === 1 ? this.#have[0] : Buffer.concat(this.#have)
    this.#n -= n
    this.#have = this.#n ? [all.subarray(n)] : []
    return all.subarray(0, n)
  }
}
