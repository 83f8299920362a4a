// Writes mockup-boxes.json: for each drawn page and size, the boxes (dp) that the browser
// gives to the named elements of the design's HTML. Run by hand when the design changes:
//   node tests/golden/measure-mockups.mjs DESIGN/src [PAGE…]     with pages: only those anew
import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

const PAGES = ['r01-attract', 'r02-language', 'r03-signin', 'r04-scan', 'r05-names', 'r06-picture-password', 'r07-code', 'r08-home', 'r09-module', 'r10-lesson', 'r11-lesson-large-text', 'r15-quiz-single', 'r16-quiz-true-false', 'r17-quiz-ordering', 'r18-quiz-hotspot',
  'r19-quiz-scam-or-safe', 'r20-feedback-correct', 'r21-feedback-not-yet', 'r22-quiz-result', 'r23-certificate', 'r24-idle-warning', 'r25-call-help',
  'r26-signin-not-matched', 'r27-word-card', 'r28-quiz-scenario', 'r29-quiz-matching', 'r30-practice-scam-call', 'r33-group', 'r34-review', 'e01-no-content', 'e02-disk-full', 'e03-offline',
  'v01-staff-pin', 'v02-session', 'v03-reg-name', 'v04-reg-year-gender', 'v05-reg-thon-group', 'v06-reg-consent', 'v07-reg-duplicate', 'v08-learner-card', 'v09-search',
  'v10-open-class', 'v11-close-class', 'v12-learner-edit', 'v13-guardian-consent', 'v14-erase-receipt',
  'a01-stats', 'a02-stats-lessons', 'a03-export-usb', 'a04-sync', 'a05-content-packs', 'a06-staff', 'a07-settings', 'a08-audit', 'a09-export-done',
  'a10-setup-size', 'a11-setup-place', 'a12-setup-clock-network', 'a13-setup-first-admin', 'a14-record-voice', 'a15-data-requests', 'a16-targets', 'a17-kiosk-health', 'e04-update-failed', 'e05-upload-rejected']
const SIZES = { '1280x800': 0.9375, '800x480': 0.83, '1920x1080': 1.25, '720x1280': 1.3 }

// Runs in the page: a named text inside something pressable stands for the whole of it.
const probe = scale => `
addEventListener('load', () => setTimeout(() => {
  const out = {}
  const box = e => { const r = e.getBoundingClientRect(); return [r.x, r.y, r.width, r.height].map(v => Math.round(v / ${scale} * 10) / 10) }
  for (const e of document.querySelectorAll('[k]')) {
    const id = e.getAttribute('k')
    if (!out[id]) out[id] = box(e.closest('.tb, .btn, .tap, .nav a, .key, .kpi, .seg > span') ?? e)
  }
  document.querySelectorAll('.pad .tap').forEach(e => { const t = e.textContent.trim(); if (/^\\d$/.test(t)) out['code.' + t] = box(e) })
  document.querySelectorAll('.path .m').forEach((e, i) => { out['mod#' + (i + 1)] = box(e) })
  document.querySelectorAll('.ls .tap').forEach((e, i) => { out['les#' + (i + 1)] = box(e) })
  document.querySelectorAll('.g > .tap').forEach((e, i) => { if (document.title === 'quiz1') out['quiz.choice#' + (i + 1)] = box(e) })
  document.querySelectorAll('.tn .p').forEach((e, i) => { out['grp.one#' + (i + 1)] = box(e) })
  document.querySelectorAll('.gr > .tap').forEach((e, i) => { out['quiz.choice#' + (i + 1)] = box(e) })
  document.querySelectorAll('.kb .key').forEach(e => { const t = e.textContent.trim(); if (/^[a-zăâêôơưđ]$/.test(t)) out['kb.' + t] = box(e) })
  document.querySelectorAll('.at .p').forEach((e, i) => { out['ses.person#' + (i + 1)] = box(e) })
  const modal = document.querySelector('.modal'); if (modal) out['dialog'] = box(modal)
  const picture = document.querySelector('.pic .a'); if (picture) out['picture'] = box(picture)
  document.documentElement.innerHTML = '<pre id=boxes>' + JSON.stringify(out) + '</pre>'
}, 100))`

const src = resolve(process.argv[2] ?? '')
const dir = mkdtempSync(join(tmpdir(), 'bdhvs-mockups-'))
const file = join(dirname(fileURLToPath(import.meta.url)), 'mockup-boxes.json')
const wanted = process.argv.slice(3)
const kept = wanted.length ? JSON.parse(readFileSync(file, 'utf8')) : {}
const result = Object.fromEntries(PAGES.filter(page => kept[page] || wanted.includes(page)).map(page => [page, kept[page]]))
for (const page of wanted.length ? wanted : PAGES) {
  result[page] = {}
  for (const [size, scale] of Object.entries(SIZES)) {
    const [w, h] = size.split('x')
    const html = readFileSync(join(src, `${page}.html`), 'utf8').replace('<meta charset="utf-8">', `<meta charset="utf-8"><base href="file://${src}/">`) + `<script>${probe(scale)}</script>`
    const drawn = join(dir, `${page}.html`)
    writeFileSync(drawn, html)
    const dom = execFileSync('chromium', ['--headless', '--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking', '--disable-component-update',
      '--disable-sync', '--allow-file-access-from-files', `--user-data-dir=${join(dir, 'profile')}`, `--window-size=${w},${h}`, '--virtual-time-budget=2000', '--dump-dom', `file://${drawn}?s=${size}`],
    { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
    const json = dom.match(/<pre id="boxes">(.*)<\/pre>/)?.[1]
    if (!json) throw new Error(`${page} ${size}: no boxes`)
    result[page][size] = JSON.parse(json.replaceAll('&amp;', '&'))
  }
}
rmSync(dir, { recursive: true })
const lines = Object.entries(result).map(([page, sizes]) => ` ${JSON.stringify(page)}: {\n${Object.entries(sizes).map(([s, b]) => `  ${JSON.stringify(s)}: ${JSON.stringify(b)}`).join(',\n')}\n }`)
writeFileSync(file, `{\n${lines.join(',\n')}\n}\n`)
