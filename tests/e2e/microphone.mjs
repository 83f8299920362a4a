import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { bin } from './stage.mjs'

// What a microphone hears, made: a hoarse tone that swells like syllables, from one second to
// another, in a room that is never quite silent. 48 kHz, mono, 16 bits.
export function wav({ hz, from, to, seconds = 6, rate = 48000 }) {
  const n = seconds * rate
  const bytes = Buffer.alloc(44 + 2 * n)
  bytes.write('RIFF', 0)
  bytes.writeUInt32LE(36 + 2 * n, 4)
  bytes.write('WAVEfmt ', 8)
  bytes.writeUInt32LE(16, 16)
  bytes.writeUInt16LE(1, 20)
  bytes.writeUInt16LE(1, 22)
  bytes.writeUInt32LE(rate, 24)
  bytes.writeUInt32LE(2 * rate, 28)
  bytes.writeUInt16LE(2, 32)
  bytes.writeUInt16LE(16, 34)
  bytes.write('data', 36)
  bytes.writeUInt32LE(2 * n, 40)
  let seed = 7
  for (let i = 0; i < n; i++) {
    const t = i / rate
    seed = (seed * 1103515245 + 12345) % 2147483648
    let x = (seed / 2147483648 - 0.5) * 60
    if (t >= from && t < to)
      for (let k = 1; k <= 5; k++) x += 5000 / k * Math.sin(2 * Math.PI * hz * k * t) * (0.6 + 0.4 * Math.sin(2 * Math.PI * 4 * t))
    bytes.writeInt16LE(Math.max(-32768, Math.min(32767, Math.round(x))), 44 + 2 * i)
  }
  return bytes
}

// These sentences as recorded at the kiosk of `stage` before it starts.
export function recorded(stage, lang, texts) {
  const folder = join(stage.data, 'voice')
  const samples = wav({ hz: 200, from: 0.3, to: 1.5, seconds: 2 }).subarray(44)
  mkdirSync(join(folder, lang), { recursive: true, mode: 0o700 })
  const rows = texts.map(text => {
    const key = createHash('sha256').update(text).digest('hex').slice(0, 16)
    const input = Buffer.concat([Buffer.from(`${JSON.stringify({ rate: 48000, text })}\n`), samples])
    writeFileSync(join(folder, lang, `${key}.opus`), execFileSync(bin('bdhvs-voice'), ['encode'], { input }))
    return `${key},"${text}",Chị Mỹ,2026-11-20,Sơn Hà,"nói đồng ý tại máy, 2026-11-20",recorded,${lang}`
  })
  writeFileSync(join(folder, 'manifest.csv'), ['key,text,speaker,date,dialect,consent,state,lang', ...rows, ''].join('\n'))
}
