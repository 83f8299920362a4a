// A whole machine: Debian's qemu, a kernel started directly, the image of image.sh. Its screen is
// read as pixels from the graphics card; fingers, a shell and what is told from inside go through
// virtio ports. Emulated in software, so that it runs anywhere; BDHVS_VM_ACCEL=kvm is quicker.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { StageError, pause } from '../e2e/stage.mjs'

const PORTS = ['log', 'shell', 'finger', 'qmp']
const PANEL_MAX = 32767 // of finger.c
// What this machine has and the kiosk has no use for: each driver costs a second of emulation
const UNUSED = 'ahci,lpc_ich,iTCO_wdt,i2c_i801,psmouse,serio_raw,pcspkr,joydev,button,qemu_fw_cfg,dm_mod,fuse,configfs'
const KERNEL = `root=/dev/vda quiet loglevel=3 console=ttyS0 mitigations=off nowatchdog module_blacklist=${UNUSED}`
const PATIENCE_MS = 1000 * (process.env.BDHVS_VM_PATIENCE_S ?? 900) // software emulation on a busy machine

export class Vm {
  // `image`: the folder of image.sh; `disk`: the socket of a VolatileDisk; `words`: of the
  // kernel's command line (guest/etc/systemd/system-generators/vm); `card`: a file with its root,
  // which is only read and kept over starts. Without it the root is the image's, anew in each start.
  // `devices`: what else it has, as qemu calls it.
  constructor(dir, image, { disk, width, height, words, card, devices }) {
    Object.assign(this, { dir, image, disk, width, height, words, card, devices })
    this.text = { shell: '', qmp: '' }
    this.onLog = () => {}
  }

  get console() { return join(this.dir, 'console') }

  async start() {
    this.startedAt = performance.now()
    this.ports = {}
    await Promise.all(PORTS.map(name => this.#listen(name)))
    const port = name => ['-chardev', `socket,id=${name},path=${join(this.dir, name)}`, '-device', `virtserialport,chardev=${name},name=bdhvs.${name}`]
    this.qemu = spawn('qemu-system-x86_64', ['-accel', process.env.BDHVS_VM_ACCEL ?? 'tcg,thread=multi,tb-size=512', '-machine', 'q35', '-cpu', process.env.BDHVS_VM_CPU ?? 'Nehalem', '-smp', '2', '-m', '1024',
      '-nodefaults', '-no-user-config', '-display', 'none',
      '-kernel', join(this.image, 'vmlinuz'), '-initrd', join(this.image, this.card ? 'initrd-card' : 'initrd'),
      '-append', `${KERNEL} ${this.card ? 'ro' : 'rw'} ${this.words}`,
      '-drive', this.card ? `if=none,id=root,file=${this.card},format=raw` : `if=none,id=root,file=${join(this.image, 'root.ext4')},format=raw,snapshot=on`, '-device', 'virtio-blk-pci,drive=root',
      '-drive', `if=none,id=data,file=nbd:unix:${this.disk},format=raw,cache=writeback`, '-device', 'virtio-blk-pci,drive=data',
      '-device', `virtio-vga,xres=${this.width},yres=${this.height}`,
      '-device', 'virtio-serial-pci', ...['log', 'shell', 'finger'].flatMap(port),
      '-device', 'virtio-rng-pci', ...this.devices.flatMap(device => ['-device', device]), '-serial', `file:${this.console}`,
      '-chardev', `socket,id=qmp,path=${join(this.dir, 'qmp')}`, '-mon', 'chardev=qmp,mode=control'], { stdio: ['ignore', 'ignore', 'pipe'] })
    this.complaints = ''
    this.qemu.stderr.on('data', d => { this.complaints += d })
    this.qemu.on('error', e => { this.complaints += e.message })
    const kill = () => this.qemu.kill('SIGKILL')
    process.once('exit', kill)
    this.ended = new Promise(resolve => this.qemu.once('close', resolve))
    this.ended.then(() => process.off('exit', kill))
    await this.see(() => PORTS.every(name => this.ports[name]), 'the machine')
    await this.qmp('qmp_capabilities')
  }

  // Each port is a socket that qemu connects to; the same in every start.
  async #listen(name) {
    const path = join(this.dir, name)
    rmSync(path, { force: true })
    const server = createServer(socket => {
      this.ports[name] = socket
      socket.setEncoding('utf8')
      socket.on('error', () => {}) // the machine was cut off
      socket.on('data', text => {
        if (name === 'log') this.onLog(text)
        else this.text[name] += text
      })
      server.close()
    }).listen(path)
    await once(server, 'listening')
  }

  get isRunning() { return this.qemu.pid !== undefined && this.qemu.exitCode === null && !this.qemu.signalCode }

  async see(test, what, patience = PATIENCE_MS) {
    const end = performance.now() + patience
    for (;;) {
      const got = await test()
      if (got) return got
      if (!this.isRunning) throw new StageError(`the machine ended while waiting for ${what}: ${this.complaints}`)
      if (performance.now() > end) throw new StageError(`waited ${patience / 1000} s in vain for ${what}; the machine's console: ${this.console}`)
      await pause(20)
    }
  }

  // A command of qemu's own.
  async qmp(execute, args = {}) {
    this.text.qmp = ''
    this.ports.qmp.write(`${JSON.stringify({ execute, arguments: args })}\n`)
    const answer = await this.see(() => this.text.qmp.match(/^\{"(return|error)"[^\n]*\n/m)?.[0], execute)
    if (answer.startsWith('{"error"')) throw new StageError(`qemu: ${execute}: ${answer}`)
  }

  // What the graphics card sends to the panel.
  async picture(file) { await this.qmp('screendump', { filename: file, format: 'png' }) }

  // The standard output of a command of the machine's root.
  async shell(command) {
    const mark = `-${Math.random().toString(36).slice(2)}-`
    this.text.shell = ''
    this.ports.shell.write(`{ ${command}\n} </dev/null; echo "${mark}$?"\n`)
    const done = await this.see(() => this.text.shell.match(new RegExp(`${mark}(\\d+)\\r?\\n`)), command)
    const said = this.text.shell.slice(0, done.index).replaceAll('\r', '')
    if (done[1] !== '0') throw new StageError(`in the machine: ${command}: exit ${done[1]}: ${said}`)
    return said
  }

  // One frame of the touch panel: [['d', finger, x, y] | ['m', …] | ['u', finger]…], in pixels.
  fingers(moves) {
    const part = (at, size) => Math.round((at * PANEL_MAX) / (size - 1))
    this.ports.finger.write(moves.map(([what, finger, x, y]) =>
      `${what} ${finger}${x === undefined ? '' : ` ${part(x, this.width)} ${part(y, this.height)}`}\n`).join('') + '.\n')
  }

  // Power cut: nothing in the machine gets to know.
  async cut() {
    this.qemu.kill('SIGKILL')
    await this.ended
  }

  // In order, by the power key.
  async stop() {
    if (!this.isRunning) return
    this.ports.qmp?.write('{"execute":"quit"}\n')
    await Promise.race([this.ended, pause(10000)])
    if (this.isRunning) await this.cut()
  }
}
