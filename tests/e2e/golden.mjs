// Pages of the real program beside the pictures kept in tests/golden/pages, and their boxes
// beside those of the drawn pages (tests/golden/mockup-boxes.json), within 12 dp.
// The tests that use it take: [--accept] [--report] [WxH…]
// --accept keeps the new pictures; --report prints every box that was compared.
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { build, root, run } from './stage.mjs'

const NEAR_DP = 12
const DIFFERENT_PIXELS = 0.004 // share of a page that may differ: fonts of another Debian
const SCALE = { '1280x800': 0.9375, '800x480': 0.83, '1920x1080': 1.25, '720x1280': 1.296875 }

const SCREEN = join(build, 'tests', 'golden_screen')

const read = name => JSON.parse(readFileSync(join(root, 'tests', 'golden', name), 'utf8'))

export class Golden {
  // drawn: page → [drawn page, {our id: id there}]; compared: the ids to compare;
  // changing: whether a node is another each day or machine and is painted over.
  // sizes: those that were drawn; the others are only kept as pictures.
  constructor(drawn, compared, changing = () => false, sizes = Object.keys(SCALE)) {
    Object.assign(this, { drawn, compared, changing, sizes })
    this.boxes = read('mockup-boxes.json')
    this.exceptions = read('mockup-exceptions.json') // where ours differs on purpose, and why
    this.accept = process.argv.includes('--accept')
    this.report = process.argv.includes('--report')
    this.failures = 0
    this.n = 0
  }

  fail(text) { this.failures++; console.error(text) }

  compareBoxes(stage, page) {
    const [drawn, names = {}] = this.drawn[page] ?? []
    const want = this.boxes[drawn]?.[stage.size]
    if (!want || !this.sizes.includes(stage.size)) return
    const s = SCALE[stage.size]
    for (const node of stage.page.nodes) {
      const id = names[node.id] ?? node.id
      if (!this.compared.test(id) || !want[id]) continue
      const [x, y, w, h] = want[id]
      const got = [node.x, node.y, node.w, node.h].map(v => v / s)
      const off = Math.max(Math.abs(got[0] - x), Math.abs(got[1] - y), Math.abs(got[0] + got[2] - x - w), Math.abs(got[1] + got[3] - y - h))
      const reason = this.exceptions[`${page} ${stage.size} ${id}`] ?? this.exceptions[`${page} * ${id}`] ?? this.exceptions[`* ${stage.size} ${id}`] ?? this.exceptions[`* * ${id}`]
      const wrong = off > NEAR_DP && !reason
      this.n++
      if (this.report || wrong)
        console.error(`${page} ${stage.size} ${id}: ours ${got.map(Math.round)}, drawn ${want[id].map(Math.round)}: ${off.toFixed(1)} dp apart${reason ? ` (${reason})` : ''}`)
      if (wrong) this.failures++
    }
  }

  // Boxes that are painted over where a picture is kept, and left out where it is compared.
  over(stage) { return stage.page.nodes.filter(n => this.changing(n)) }

  keep(stage, made, kept) {
    const boxes = this.over(stage).flatMap(n => ['-draw', `rectangle ${n.x},${n.y} ${n.x + n.w},${n.y + n.h}`])
    mkdirSync(join(kept, '..'), { recursive: true })
    execFileSync('convert', [made, '-fill', '#808080', ...boxes, '-strip', '-define', 'png:compression-level=9', kept])
  }

  async page(stage, name) {
    const kept = join(root, 'tests', 'golden', 'pages', stage.size, `${name}.png`)
    const made = join(root, 'out', 'pages', stage.size, `${name}.png`)
    mkdirSync(join(made, '..'), { recursive: true })
    await stage.atRest()
    this.compareBoxes(stage, name)
    if (this.accept) {
      await stage.picture(made)
      return this.keep(stage, made, kept)
    }
    const known = existsSync(kept)
    const share = known ? Number(run(SCREEN, [kept, stage.screenFile, ...this.over(stage).map(n => `${n.x},${n.y},${n.w + 1},${n.h + 1}`)])) : 1
    if (share <= DIFFERENT_PIXELS) return
    await stage.picture(made)
    this.fail(known ? `${name} ${stage.size}: ${(share * 100).toFixed(2)} % of the pixels differ: compare ${kept} with ${made}; if it is right, --accept`
      : `${kept}: missing: look at ${made}, then run again with --accept`)
  }

  // Walks at each size that was asked for, two at a time, and ends the process.
  async run(walk) {
    const sizes = process.argv.filter(a => /^\d+x\d+$/.test(a))
    const left = sizes.length ? sizes : Object.keys(SCALE)
    const lane = async () => { for (let size; (size = left.shift());) await walk(size).catch(e => this.fail(`${size}: ${e.stack}`)) }
    await Promise.all([lane(), lane()])
    console.log(`${this.n} boxes compared`)
    console.log(this.failures ? `0 passed, ${this.failures} failed` : '1 passed, 0 failed')
    process.exit(this.failures ? 1 : 0)
  }
}
