// The real kiosk without a display: its null platform plays one line of a script at a time,
// time passes only when the script says so, letters are as wide as on a screen. A Stage to
// whoever taps; hundreds of touches a second, so whole courses can be walked through.
import { once } from 'node:events'
import { bin, Stage, StageError } from './stage.mjs'

const PATIENCE = 40 // looks, 100 ms of the kiosk's own time apart

export class ScriptStage extends Stage {
  async openKiosk(options = []) {
    this.lines = []
    this.marks = 0
    this.marked = 0
    this.kiosk = this.spawn(bin('bdhvs-kiosk'), ['--data', this.data, '--pack', this.pack, '--pack-key', this.packKey, '--window', this.size,
      '--replay', '-', '--real-fonts', '--semantic-log', '-', ...options], { stdio: ['pipe', 'pipe', 'pipe'] })
    this.kiosk.stdin.on('error', () => {}) // it ended: `say` tells
    let rest = ''
    this.kiosk.stdout.removeAllListeners('data')
    this.kiosk.stdout.setEncoding('utf8')
    this.kiosk.stdout.on('data', text => {
      const lines = (rest + text).split('\n')
      rest = lines.pop()
      for (const line of lines) {
        if (line.startsWith('{')) this.lines.push(JSON.parse(line))
        else if (line.startsWith('# ')) this.marked = Number(line.slice(2))
      }
      this.kiosk.emit('more')
    })
    this.kiosk.on('exit', () => this.kiosk.emit('more'))
    await this.say()
  }

  get ended() { return this.kiosk.exitCode !== null || this.kiosk.signalCode !== null }

  // Plays `lines` and returns when the kiosk has shown what came of them.
  async say(...lines) {
    const mark = ++this.marks
    this.kiosk.stdin.write([...lines, `mark ${mark}`, ''].join('\n'))
    while (this.marked < mark && !this.ended) await once(this.kiosk, 'more')
    if (this.marked < mark) throw new StageError(`the kiosk ended (${this.kiosk.exitCode ?? this.kiosk.signalCode}) at ${lines.join('; ')}: ${this.kiosk.complaints}`)
  }

  async see(test, what = 'the page') {
    for (let i = 0; i < PATIENCE; i++) {
      const got = test()
      if (got) return got
      await this.say('wait 100')
    }
    throw new StageError(`looked in vain for ${what}`)
  }

  async tap(id) {
    await this.see(() => this.node(id), `${id} on ${this.screen}`)
    await this.say(`tap ${id}`)
  }

  async key(name) { await this.say(`key ${name}`) }
  async wait(ms) { await this.say(`wait ${ms}`) }

  // The power goes; what was not on the disk is gone.
  async kill() {
    const ended = once(this.kiosk, 'exit')
    this.kiosk.stdin.write('kill\n')
    await ended
  }

  async closeKiosk() {
    if (this.ended) return
    const ended = once(this.kiosk, 'exit')
    this.kiosk.stdin.end()
    await ended
  }
}
