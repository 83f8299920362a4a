// A contest of three teams before the real window at four sizes: set up, played to a tie, an
// extra question, the result on paper; nothing of it among the totals. Pages beside the kept
// pictures.
//   node tests/e2e/contest.test.mjs [--accept] [--report] [WxH…]
import { mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { check, same } from './cases.mjs'
import { Golden } from './golden.mjs'
import { answerQuestion } from './question.mjs'
import { typesPack } from './small.mjs'
import { HANH, StaffStage } from './staff.mjs'
import { run } from './stage.mjs'

const golden = new Golden({}, /^$/, node => /^ct\.left$/.test(node.id))
