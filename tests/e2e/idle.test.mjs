// Somebody walks away: the place of a card is kept and that is what the page says, the
// place of a guest is forgotten and nothing is promised.
import { join } from 'node:path'
import { addCard, cardHome, guestHome, leave, smallPack } from './small.mjs'
import { Cases, check, same } from './cases.mjs'
import { Stage, run } from './stage.mjs'

const stage = new Stage('800x480')
const cases = new Cases(stage)
const small = smallPack(join(stage.dir, 'packs'))
stage.pack = small.pack
stage.packKey = small.pub

await stage.openDisplay()

await cases.test('an idle time keeps the place of a card and forgets that of a guest', async () => {
  const code = addCard(stage)
  run('sqlite3', [join(stage.data, 'kiosk.db'), "INSERT INTO setting VALUES ('set.idle_grace_s', '5')"])
  await stage.openKiosk(['--no-sync', '--idle-s', '2'])
  await cardHome(stage, code)
  await stage.tap('home.continue')
  await stage.tap('lesson.next')
  const place = stage.node('lesson.page').text
  await stage.onScreen('idle')
  check(/đã (được )?ghi lại/.test(stage.node('idle.sub').text), `the card holder is told: ${stage.node('idle.sub').text}`)
  await stage.onScreen('attract')
  await guestHome(stage)
  await stage.tap('home.continue')
  await stage.onScreen('lesson')
  await stage.onScreen('idle')
  check(!/ghi lại/.test(stage.node('idle.sub.guest').text), 'a guest is promised nothing')
  await stage.onScreen('attract')
  await guestHome(stage)
  check(/bài đầu tiên/.test(stage.node('home.praise').text), `the next guest: ${stage.node('home.praise').text}`)
  await leave(stage)
  await cardHome(stage, code)
  await stage.tap('home.continue')
  await stage.onScreen('lesson')
  same(stage.node('lesson.page').text, place, 'the card holder')
  await stage.closeKiosk()
})

await cases.end()
