// The budget of a start (debian/README.md): time from the kernel to the first page, which depends
// on the machine and is only told; the packages and the memory have limits.
import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { check } from '../../e2e/cases.mjs'
import { root } from '../../e2e/stage.mjs'
import { memory } from '../memory.mjs'

const PACKAGES_MB = 130 // what a kiosk needs: program, drawings, lessons, voice, reports
const MEMORY_MB = 160 // of the kiosk's own, with Mesa's software drawing
const KIOSK = /^bdhvs-(kiosk|kiosk-data|content|voice-vi|report|kiosk-lockdown)_/

export const words = ['seen', 'still']

function packages() {
  const folder = join(root, 'build', 'packages')
  return readdirSync(folder).filter(name => KIOSK.test(name)).reduce((n, name) => n + statSync(join(folder, name)).size, 0) / 1e6
}

export async function play(stage) {
  await stage.boot()
  const firstMs = stage.lines.find(l => l.nodes).t_ms
  const started = (await stage.shell(`awk '{ sub(/.*\\) /, ""); print $20 / 100 }' /proc/$(systemctl show -P MainPID bdhvs-kiosk)/stat`)).trim()
  const { kernel } = (await stage.shell('systemd-analyze time')).match(/(?<kernel>\S+) \(kernel\)/).groups
  const { pssMb } = await memory(stage)
  const debs = packages()
  check(debs <= PACKAGES_MB, `packages of ${debs.toFixed(1)} MB`)
  check(pssMb <= MEMORY_MB, `${pssMb.toFixed(1)} MB of memory`)
  return `kernel ${kernel}, kiosk started at ${Number(started).toFixed(1)} s, first page at ${(Number(started) + firstMs / 1000).toFixed(1)} s; ` +
    `packages ${debs.toFixed(1)} MB; memory ${pssMb.toFixed(1)} MB`
}
