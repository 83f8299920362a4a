// A person registered twice, the second time while names were locked: staff are told once names
// are open, see both beside each other, and make one of them; a stranger is not asked about.
import { Cases, check, same } from './cases.mjs'
import { HANH, StaffStage } from './staff.mjs'

const sizes = process.env.BDHVS_SIZES?.split(' ') ?? ['1280x800']

for (const size of sizes) {
  const stage = new StaffStage(size)
  const cases = new Cases(stage)
  const people = () => JSON.parse(stage.ctl('totals', '--json')).rows.filter(([stat, , , dims]) => stat === 'registered' && dims === '-').map(row => row[4])

  async function register(letters, year) {
    await stage.tap('nav.ghi')
    await stage.onScreen('register_name')
    await stage.type(letters)
    await stage.tap('reg.next')
    await stage.onScreen('register_details')
    for (const digit of year) await stage.tap(`code.${digit}`)
    await stage.tap('reg.female')
    await stage.tap('reg.next')
    await stage.onScreen('register_groups')
    await stage.tap('reg.next')
    await stage.onScreen('register_consent')
    await cases.picture(`consent-${size}`)
    await stage.tap('reg.c.yes')
    await stage.onScreen('card')
    await stage.tap('card.back')
  }

  stage.provision()
  stage.people(['Phạm Thị Ngưỡng', 'Đinh Thị Hoài', 'Phạm Văn Ríp'])
  await stage.openDisplay()

  await cases.test(`at ${size}: registered twice while names were locked, one person again`, async () => {
    await stage.openKiosk(['--no-sync'])
    await stage.tap('attract.staff')
    await stage.onScreen('locked')
    await stage.tap('lk.without')
    await stage.onScreen('staff_signin')
    await stage.tap(stage.nodes('pin.who#').find(n => n.text === HANH.alias).id)
    await stage.pin(HANH.pin)
    await stage.see(() => stage.node('nav.ghi'), 'the pages of volunteers')
    await register('phamj thij nguongx', '49')
    await register('ddinh thi hoafi', '50')
    await register('vox thij kieeuf', '71')
    const [before] = people()
    await stage.closeKiosk('SIGKILL')

    await stage.openKiosk(['--no-sync'])
    await stage.unlock()
    await stage.signIn(HANH)
    await stage.tap('nav.tim')
    await stage.onScreen('search')
    same(stage.node('find.door')?.text, 'Có 2 người cần xem', 'the door')
    await cases.picture(`search-${size}`)
    await stage.tap('find.door')
    await stage.onScreen('waiting')
    same(stage.nodes('lw.row#').length, 2, 'rows')
    await cases.picture(`waiting-${size}`)
    await stage.tap('lw.same#1')
    await stage.tap('find.same.yes')
    await stage.see(() => stage.nodes('lw.row#').length === 1, 'one row less')
    await stage.tap('lw.other#1')
    await stage.see(() => !stage.nodes('lw.row#').length, 'nobody left')
    await cases.picture(`waiting-done-${size}`)
    same(people()[0], before - 1, 'one person less')
    await stage.tap('of.back')
    await stage.onScreen('search')
    check(!stage.node('find.door'), 'no door any more')
  })
  if (size === sizes.at(-1)) await cases.end()
  await stage.close()
}
