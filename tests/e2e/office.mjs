// An official's office: the commune's server with figures on it, and browsers that log in. One
// file for all tests of the pages; pictures are kept in out/e2e/NAME.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { chromium } from 'playwright-core'
import { Cases, check, same } from './cases.mjs'
import { makePack, nameThings, settle } from './commune.mjs'
import { Stage, bin, root, run } from './stage.mjs'

export const PASSWORD = 'mot-cau-dai-de-nho'
export const SIZES = { wide: { width: 1440, height: 900 }, narrow: { width: 390, height: 844 } }
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

export const at = page => new URL(page.url()).pathname
// 303 when what was posted led to another page.
export const statusOf = answer => (answer.request().redirectedFrom() ? 303 : answer.status())

export class Office {
  #sessions = {} // a password takes its time to check

  constructor(name) {
    this.stage = new Stage()
    this.cases = new Cases(this.stage)
    this.pictures = join(root, 'out', 'e2e', name)
    mkdirSync(this.pictures, { recursive: true })
  }

  // An administrator, quantri, is there from the start; the machines that sent are in `machines`.
  async open() {
    await this.stage.openServer(['--pack', makePack(join(this.stage.dir, 'pack'))])
    nameThings(this.stage)
    this.machines = await settle(this.stage)
    this.hire('kiemtra', 'inspector')
    this.hire('bientap', 'editor')
    this.browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox'] })
    return this
  }

  server(...args) { return run(bin('bdhvs-server'), [...args, '--db', this.stage.db]) }

  hire(name, role, password = PASSWORD) {
    const file = join(this.stage.dir, `password-${name}`)
    writeFileSync(file, `${password}\n`, { mode: 0o600 })
    this.server('staff', 'add', '--name', name, '--role', role, '--password-file', file)
  }

  // Nobody is logged in; complaints of the page's policy are counted.
  async stranger(options = {}) {
    const context = await this.browser.newContext({ viewport: SIZES.wide, javaScriptEnabled: false, ...options })
    const page = await context.newPage()
    page.setDefaultTimeout(15000)
    page.complaints = []
    page.on('console', m => { if (m.type() === 'error' && !m.location().url.endsWith('/favicon.ico')) page.complaints.push(m.text()) })
    page.on('pageerror', e => page.complaints.push(e.message))
    page.on('requestfailed', r => page.complaints.push(`${r.url()}: ${r.failure()?.errorText}`))
    page.on('dialog', d => { page.complaints.push(`dialog ${d.message()}`); d.dismiss() })
    return page
  }

  async visit(page, path) { return (await page.goto(this.stage.url + path)).status() }

  // The status of what was posted, once the page after it is there.
  async logIn(page, name = 'quantri', password = PASSWORD) {
    await page.fill('#ten', name)
    await page.fill('#mat-khau', password)
    const [answer] = await Promise.all([page.waitForNavigation(), page.click('main form button')])
    return statusOf(answer)
  }

  async official(name = 'quantri', options = {}) {
    const page = await this.stranger({ storageState: this.#sessions[name], ...options })
    if (this.#sessions[name]) return page
    await this.visit(page, '/dang-nhap')
    same(await this.logIn(page, name), 303, `${name} logs in`)
    this.#sessions[name] = await page.context().storageState()
    return page
  }

  // After a log-out, another password, or a server that was started again.
  forgetSessions() { this.#sessions = {} }

  picture(page, name, fullPage = false) { return page.screenshot({ path: join(this.pictures, `${name}.png`), fullPage }) }

  async fits(page, where) {
    const wider = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
    check(wider <= 0, `${where}: ${wider} px too wide`)
  }

  async axeIsContent(page, where) {
    await page.evaluate(axe)
    const { violations } = await page.evaluate(rules => globalThis.axe.run({ runOnly: rules }), RULES)
    same(violations.filter(v => ['serious', 'critical'].includes(v.impact)).map(v => `${v.id}: ${v.nodes.map(n => n.target).slice(0, 3)}`), [], `${where}: axe`)
  }

  async close() {
    await this.browser.close()
    await this.cases.end()
  }
}
