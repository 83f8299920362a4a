// Names and counts the cases of one file; the last line is `N passed, N failed`. A case
// that fails keeps a picture of the screen in out/e2e; the kiosk is closed after each.
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './stage.mjs'

const pictures = join(root, 'out', 'e2e')
const only = process.argv[2]

export class Cases {
  constructor(stage) {
    this.stage = stage
    this.passed = 0
    this.failed = 0
    this.folder = pictures
  }

  async test(name, body) {
    if (only && !name.includes(only)) return
    const began = Date.now()
    try {
      await body()
      this.passed++
      console.log(`ok     ${name} (${((Date.now() - began) / 1000).toFixed(1)} s)`)
    } catch (e) {
      this.failed++
      console.log(`FAILED ${name}: ${e.stack}`)
      await this.picture(`failed-${this.failed}`).catch(() => {})
    } finally {
      if (this.stage.kiosk) await this.stage.closeKiosk()
    }
  }

  async picture(name) {
    mkdirSync(pictures, { recursive: true })
    await this.stage.picture(join(pictures, `${name}.png`))
  }

  async end() {
    await this.stage.close()
    console.log(`${this.passed} passed, ${this.failed} failed`)
    process.exit(this.failed ? 1 : 0)
  }
}

export function check(ok, what) {
  if (!ok) throw new Error(`not so: ${what}`)
}

export function same(got, want, what) {
  if (JSON.stringify(got) !== JSON.stringify(want)) throw new Error(`${what}: ${JSON.stringify(got)}, not ${JSON.stringify(want)}`)
}
