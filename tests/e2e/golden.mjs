// Pages of the real program beside the pictures kept in tests/golden/pages, and their boxes
// beside those of the drawn pages (tests/golden/mockup-boxes.json), within 12 dp.
// The tests that use it take: [--accept] [--report] [WxH…]
// --accept keeps the new pictures; --report prints every box that was compared.
import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './stage.mjs'

const NEAR_DP = 12
const DIFFERENT_PIXELS = 0.004 // share of a page that may differ: fonts of another Debian
const SCALE = { '1280x800': 0.9375, '800x480': 0.83, '1920x1080': 1.25, '720x1280': 1.296875 }

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

  paintOver(stage, picture) {
    const over = stage.page.nodes.filter(n => this.changing(n))
    if (!over.length) return
    const boxes = over.flatMap(n => ['-draw', `rectangle ${n.x},${n.y} ${n.x + n.w},${n.y + n.h}`])
    execFileSync('mogrify', ['-fill', '#808080', ...boxes, picture])
  }

  async page(stage, name) {
    const kept = join(root, 'tests', 'golden', 'pages', stage.size, `${name}.png`)
    const made = join(root, 'out', 'pages', stage.size, `${name}.png`)
    mkdirSync(join(made, '..'), { recursive: true })
    await stage.picture(made)
    this.compareBoxes(stage, name)
    this.paintOver(stage, made)
    if (this.accept) {
      mkdirSync(join(kept, '..'), { recursive: true })
      execFileSync('convert', [made, '-strip', '-define', 'png:compression-level=9', kept])
      return
    }
    if (!existsSync(kept)) return this.fail(`${kept}: missing: look at ${made}, then run again with --accept`)
    const [w, h] = stage.size.split('x')
    const { stderr } = spawnSync('compare', ['-fuzz', '3%', '-metric', 'AE', kept, made, 'null:'], { encoding: 'utf8' })
    const share = Number(stderr.trim().split(/\s/)[0]) / (w * h)
    if (!(share <= DIFFERENT_PIXELS)) this.fail(`${name} ${stage.size}: ${(share * 100).toFixed(2)} % of the pixels differ: compare ${kept} with ${made}; if it is right, --accept`)
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
