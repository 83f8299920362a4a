// What the kiosk holds, from the kernel of the machine: PSS, its share of all pages, and what
// is its own and cannot be given back.
export async function memory(stage) {
  const text = await stage.shell('cat /proc/$(systemctl show -P MainPID bdhvs-kiosk)/smaps_rollup')
  const mb = name => Number(text.match(new RegExp(`^${name}: *(\\d+) kB`, 'm'))[1]) / 1024
  return { pssMb: mb('Pss'), ownMb: mb('Private_Dirty') }
}
