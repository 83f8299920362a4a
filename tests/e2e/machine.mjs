// A D-Bus of its own with NetworkManager and logind on it, as python3-dbusmock plays them.
import { spawn } from 'node:child_process'
import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { pause, root, run, StageError } from './stage.mjs'

const PYTHON = '/usr/bin/python3' // Debian's, which knows Debian's modules
const NM = 'org.freedesktop.NetworkManager'

export class Machine {
  constructor(dir) {
    this.dir = join(dir, 'bus')
    mkdirSync(this.dir, { recursive: true })
    this.address = `unix:path=${join(this.dir, 'socket')}`
    this.running = {}
  }

  start(name, program, args) {
    const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, DBUS_SYSTEM_BUS_ADDRESS: this.address } })
    child.said = ''
    for (const stream of [child.stdout, child.stderr]) stream.on('data', d => { child.said += d })
    this.running[name] = child
    return child
  }

  async stop(name, signal = 'SIGKILL') {
    const child = this.running[name]
    delete this.running[name]
    if (!child || child.exitCode !== null || child.signalCode) return
    const ended = new Promise(resolve => child.once('exit', resolve))
    child.kill(signal)
    await ended
  }

  async until(what, test) {
    for (let i = 0; i < 300; i++) {
      if (test()) return
      await pause(50)
    }
    throw new StageError(`waited in vain for ${what}: ${Object.values(this.running).map(c => c.said).join('\n')}`)
  }

  call(dest, path, method, ...args) {
    return run('dbus-send', [`--bus=${this.address}`, '--print-reply=literal', `--dest=${dest}`, path, method, ...args]).trim()
  }

  owned(name) {
    try { return /true/.test(this.call('org.freedesktop.DBus', '/', 'org.freedesktop.DBus.NameHasOwner', `string:${name}`)) } catch { return false }
  }

  async openBus() {
    rmSync(join(this.dir, 'socket'), { force: true })
    const daemon = this.start('bus', 'dbus-daemon', ['--session', '--nofork', `--address=${this.address}`, '--print-address=1'])
    await this.until('the bus', () => daemon.said.includes('unix:path'))
  }

  async openNetworkManager() {
    this.start('nm', PYTHON, ['-m', 'dbusmock', '--system', '--template', join(root, 'tests', 'e2e', 'networkmanager.py')])
    await this.until('NetworkManager', () => this.owned(NM))
  }

  async openLogind(parameters = {}) {
    this.start('logind', PYTHON, ['-m', 'dbusmock', '--system', '--template', 'logind', '--parameters', JSON.stringify(parameters)])
    await this.until('logind', () => this.owned('org.freedesktop.login1'))
  }

  // What the test does to NetworkManager, and how it stands then.
  do(what = {}) { return JSON.parse(this.call(NM, '/org/freedesktop', 'bdhvs.Test.Do', `string:${JSON.stringify(what)}`)) }

  async close() { for (const name of Object.keys(this.running).reverse()) await this.stop(name) }
}
