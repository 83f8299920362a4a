// A USB stick of the machine: an image on the host that is put in and pulled while it runs, as slow as
// one likes. The machine needs a controller (`devices` of a scenario: USB).
import { spawnSync } from 'node:child_process'
import { copyFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { run } from '../e2e/stage.mjs'

export const USB = 'qemu-xhci,id=usb'
const NO_LIMIT = 0
const MB = 1048576

export class Stick {
  static n = 0

  // `file`: its bytes. `locked`: the switch on it.
  constructor(vm, file, { locked = false } = {}) { Object.assign(this, { vm, file, locked }) }

  async plug() {
    this.id = `stick${++Stick.n}`
    await this.vm.qmp('object-add', { 'qom-type': 'throttle-group', id: `${this.id}-speed`, limits: { 'bps-write': NO_LIMIT } })
    await this.vm.qmp('blockdev-add', { 'node-name': this.id, driver: 'throttle', 'throttle-group': `${this.id}-speed`, 'read-only': this.locked,
      file: { driver: 'raw', 'read-only': this.locked, file: { driver: 'file', filename: this.file, 'read-only': this.locked } } })
    await this.vm.qmp('device_add', { driver: 'usb-storage', bus: 'usb.0', id: this.id, drive: this.id, removable: true })
  }

  // From now on it takes so many bytes a second.
  async slow(bytes) { await this.vm.qmp('qom-set', { path: `/objects/${this.id}-speed`, property: 'limits', value: { 'bps-write': bytes } }) }

  // Out of the socket, whatever is on its way. Then its file is the host's.
  async pull() {
    await this.vm.qmp('device_del', { id: this.id })
    await this.vm.see(() => this.vm.qmp('blockdev-del', { 'node-name': this.id }).then(() => true, () => false), 'the stick to be let go')
    await this.vm.qmp('object-del', { id: `${this.id}-speed` })
  }

  // Its folder BDHVS, as another computer finds it: copied below `to`. One that was pulled is put in order
  // before, in a copy.
  copyOut(to, { mend = false } = {}) {
    const folder = join(to, 'BDHVS'), copy = join(to, 'stick')
    rmSync(to, { recursive: true, force: true })
    mkdirSync(folder, { recursive: true })
    copyFileSync(this.file, copy)
    for (let pass = 0; mend && pass < 3; pass++) // 1: something was amiss
      if (spawnSync('fsck.vfat', ['-a', copy], { stdio: 'ignore' }).status === 0) break
    if (run('mdir', ['-b', '-i', copy, '::']).includes('BDHVS')) run('mcopy', ['-s', '-n', '-i', copy, '::BDHVS', to])
    return folder
  }
}

export function blank(file, mb) {
  run('truncate', ['-s', `${mb * MB}`, file])
  return file
}

export function fat(file, label, mb = 16) {
  run('mkfs.vfat', ['-n', label, blank(file, mb)])
  return file
}

// Takes all of its room but `left` bytes.
export function fill(file, left) {
  const free = Number(run('mdir', ['-i', file, '::']).match(/([\d ]+) bytes free/)[1].replaceAll(' ', ''))
  const filler = `${file}.filler`
  writeFileSync(filler, Buffer.alloc(free - left))
  run('mcopy', ['-i', file, filler, '::FULL.BIN'])
  rmSync(filler)
}

// Of Linux, with what stands in `folder`.
export function ext4(file, label, folder, mb = 16) {
  run('mke2fs', ['-q', '-t', 'ext4', '-L', label, '-d', folder, blank(file, mb)])
  return file
}
