// The kiosk in the machine, as a Stage: the same steps of learners, walked by real fingers on
// its touch panel, and pictures of what its graphics card shows.
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Stage, StageError, pause, root, run } from '../e2e/stage.mjs'
import { VolatileDisk } from './disk.mjs'
import { Vm } from './vm.mjs'

const SETTLE_MS = 380 // a second touch within 350 ms counts as a tremor
const TOUCH_MS = 80
const DISK = '256M'
const TRACES_MS = 60000

export class VmStage extends Stage {
  // `words`: what is laid over the kiosk's unit, of guest/usr/local/share/vm; `devices`: of Vm.
  constructor(image, words = ['seen', 'still'], devices = []) {
    super('1280x800')
    rmSync(this.dir, { recursive: true })
    this.dir = mkdtempSync(join(tmpdir(), 'bdhvs-vm-'))
    this.diskFile = join(this.dir, 'data.ext4')
    this.image = image
    this.devices = devices
    this.words = words.map(word => `vm.${word}`).join(' ')
    run('truncate', ['-s', DISK, this.diskFile])
    run('mke2fs', ['-q', '-t', 'ext4', '-L', 'bdhvs-data', this.diskFile])
  }

  // From the next start on its root is only read, as tools/deploy has it.
  useCard() {
    this.card = join(this.dir, 'card.ext4')
    run('cp', ['--sparse=always', join(this.image, 'root.ext4'), this.card])
  }

  // Switches the machine on.
  async switchOn() {
    const socket = join(this.dir, 'disk')
    let rest = ''
    this.lines = []
    this.disk = await new VolatileDisk(this.diskFile, socket).open()
    const [width, height] = this.size.split('x').map(Number)
    this.vm = new Vm(this.dir, this.image, { disk: socket, width, height, words: this.words, card: this.card, devices: this.devices })
    this.vm.onLog = text => {
      const lines = (rest + text).split('\n')
      rest = lines.pop()
      for (const line of lines) this.lines.push(JSON.parse(line))
    }
    await this.vm.start()
  }

  // … and waits for the first page.
  async boot() {
    await this.switchOn()
    await this.see(() => this.screen, 'the first page')
  }

  readLog() {}
  async see(test, what = 'the page', patience) { return this.vm.see(test, what, patience) }
  async onScreen(name) { await this.see(() => this.screen === name, `screen ${name}`).catch(e => { throw new StageError(`${e.message}; on screen: ${this.screen}, ${this.page?.nodes.map(n => n.id).join(' ')}`) }) }

  middle(id) {
    const { x, y, w, h } = this.node(id)
    return [x + w / 2, y + h / 2]
  }

  // A finger on the middle of the node; resolves when the page has changed.
  async tap(id) {
    await this.see(() => this.node(id), `${id} on ${this.screen}`)
    await pause(SETTLE_MS)
    const before = this.lines.length
    await this.touch(id)
    const pressed = line => line.nodes.some(n => n.id === id && n.state.includes('pressed'))
    await this.see(() => this.lines.slice(before).some(l => l.nodes && !pressed(l)), `a change after ${id}`)
  }

  async touch(id, finger = 0) {
    this.vm.fingers([['d', finger, ...this.middle(id)]])
    await pause(TOUCH_MS)
    this.vm.fingers([['u', finger]])
  }

  async picture(file) { await this.vm.picture(file) }
  async shell(command) { return this.vm.shell(command) }
  async inside(...args) { return this.shell(`runuser -u vm -- bdhvs-ctl ${args.join(' ')}`) }
  // A property of the kiosk's unit, as systemd says it.
  async unit(property) { return (await this.shell(`systemctl show -P ${property} bdhvs-kiosk`)).trim() }

  // The plug is pulled: the machine is gone, and of what it did not flush some is lost. Returns how
  // many sectors are.
  async pull() {
    const { disk } = this
    this.disk = null
    const [lost] = await Promise.all([disk.cut(), this.vm.cut()])
    return lost
  }

  async switchOff() {
    await this.vm?.stop()
    await this.disk?.close()
  }

  async close() {
    await this.switchOff()
    if (!process.env.BDHVS_KEEP) rmSync(this.dir, { recursive: true, force: true })
  }

  // What is left of a machine in which something went wrong.
  async keepTraces(folder, name) {
    await this.picture(join(folder, `${name}-failed.png`)).catch(() => {})
    copyFileSync(this.vm.console, join(folder, `${name}-console.txt`))
    const journal = await Promise.race([this.vm.shell('journalctl --no-pager -o short-monotonic | tail -n 400'), pause(TRACES_MS)]).catch(e => e.message)
    writeFileSync(join(folder, `${name}-journal.txt`), journal ?? '')
  }
}

export const pictures = join(root, 'out', 'vm')
