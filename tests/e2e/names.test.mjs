// A learner of an open class touches the own name: three taps to the first lesson, the year of
// birth only where two share a name, nothing of it once the class has ended or names are locked.
import { Cases, check, same } from './cases.mjs'
import { leave } from './small.mjs'
import { HANH, StaffStage } from './staff.mjs'

const NAMES = ['Phạm Thị Nga', 'Phạm Văn Đốt', 'Đinh Thị Ngưỡng', 'Đinh Văn Ỷ', 'Phạm Thị Nga', 'Nguyễn Thị Huệ', 'Phạm Thị Xuân', 'Phạm Văn Lễ', 'Đinh Thị Hoài', 'Đinh Văn Bảy']
const sizes = process.env.BDHVS_SIZES?.split(' ') ?? ['1280x800']

for (const size of sizes) {
  const stage = new StaffStage(size)
  const cases = new Cases(stage)

  const openClass = async () => {
    await stage.openKiosk(['--no-sync'])
    await stage.unlock()
    await stage.signIn(HANH)
    await stage.onScreen('class_open')
    await stage.tap('open.yes')
    await stage.onScreen('class')
    await stage.tap('nav.tim')
    await stage.onScreen('search')
    for (let i = 0; i < NAMES.length; i++) {
      await stage.type(NAMES[i] === 'Phạm Thị Nga' ? 'nga' : NAMES[i].split(' ').at(-1).normalize('NFD').replace(/[\u0300-\u036f]/g, '').replace('Đ', 'd').toLowerCase())
      await stage.tap(`find.row#${i === 4 ? 2 : 1}`)
      await stage.tap('find.add')
      await stage.tap('kb.clear')
    }
    await stage.tap('nav.exit')
    await stage.onScreen('attract')
  }

  stage.provision()
  stage.people(NAMES)
  await stage.openDisplay()

  await cases.test(`at ${size}: own name, three taps, present; two of one name are told apart`, async () => {
    await openClass()
    await stage.tap('attract.start')
    await stage.onScreen('names')
    await cases.picture(`names-${size}`)
    check(!stage.page.nodes.some(n => /19\d\d/.test(`${n.text}${n.value}`)), 'no year in the tree')
    await stage.tap(stage.nodes('names.one#').find(n => n.text === 'Phạm Văn Đốt').id)
    await stage.onScreen('home')
    await stage.tap('home.continue')
    await stage.onScreen('lesson')
    await leave(stage)
    await stage.tap('attract.start')
    await stage.onScreen('names')
    await stage.tap('bar.back')
    await stage.onScreen('signin')
    check(stage.node('who.name'), 'the way to the names')
    await cases.picture(`signin-${size}`)
  })

  await cases.test(`at ${size}: no names after a start, though the class is open`, async () => {
    await stage.openKiosk(['--no-sync'])
    await stage.tap('attract.start')
    await stage.onScreen('signin')
    check(!stage.node('who.name'), 'no way to names')
    same(stage.page.nodes.filter(n => NAMES.includes(n.text)).length, 0, 'names')
  })
  if (size === sizes.at(-1)) await cases.end()
  await stage.close()
}
