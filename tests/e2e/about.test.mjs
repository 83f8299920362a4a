// What the kiosk holds about a learner, and taking the name out again without staff: only with
// the code of the card, after a question; totals stay, learning goes on.
import { Cases, check, same } from './cases.mjs'
import { addCard, cardHome, count, guestHome, leave } from './small.mjs'
import { StaffStage } from './staff.mjs'

const sizes = process.env.BDHVS_SIZES?.split(' ') ?? ['1280x800']

for (const size of sizes) {
  const stage = new StaffStage(size)
  const cases = new Cases(stage)
  const completions = () => count(stage.ctl('totals', '--json'), 'completions')

  stage.provision()
  const mine = addCard(stage), neighbour = addCard(stage)
  await stage.openDisplay()

  await cases.test(`at ${size}: a guest is told that nothing is held`, async () => {
    await stage.openKiosk(['--no-sync'])
    await guestHome(stage)
    await stage.tap('me.door')
    await stage.onScreen('about')
    check(stage.node('me.guest') && !stage.node('me.take'), 'nothing to take back')
  })

  await cases.test(`at ${size}: one takes one's name out; another's code does not`, async () => {
    await stage.openKiosk(['--no-sync'])
    await cardHome(stage, mine)
    await stage.tap('me.door')
    await stage.onScreen('about')
    check(stage.node('me.never')?.text.includes('căn cước'), 'what is never held')
    await cases.picture(`about-${size}`)
    const before = completions()
    await stage.tap('me.take')
    for (const digit of neighbour) await stage.tap(`code.${digit}`)
    await stage.see(() => stage.node('code.retry'), 'the neighbour’s code does not fit')
    for (const digit of mine) await stage.tap(`code.${digit}`)
    await stage.see(() => stage.node('me.ask.yes'), 'the question')
    await cases.picture(`about-ask-${size}`)
    await stage.tap('me.ask.yes')
    await stage.see(() => stage.node('me.number'), 'the number of the receipt')
    await cases.picture(`about-done-${size}`)
    same(completions(), before, 'totals')
    await stage.tap('me.go')
    await stage.onScreen('home')
    await leave(stage)
    await stage.tap('attract.start')
    await stage.tap('who.code')
    await stage.onScreen('code')
    for (const digit of mine) stage.key(digit)
    await stage.see(() => stage.node('code.retry'), 'the card opens nothing now')
  })
  if (size === sizes.at(-1)) await cases.end()
  await stage.close()
}
