import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { LogLine } from '../api/records.ts'
import { countLevels, createLogWindow, LONGEST_LOG, type LogReader, marksBefore, PAGE, search, TAIL } from './log-window.ts'

function line(seq: number, changes: Partial<LogLine> = {}): LogLine {
  return { seq, attempt: 1, timestamp: '2026-01-15T08:00:10.000+00:00', type: 'info', message: `line ${seq}`, ...changes }
}

/** A log on a server, by the rules of the API. */
function serverLog(count: number) {
  const lines = Array.from({ length: count }, (_, n) => line(n + 1))
  const asked: string[] = []
  const page = (logs: LogLine[], after: number) => ({ logs, nextAfter: logs.at(-1)?.seq ?? after })
  const reader: LogReader = {
    async tail(limit) {
      asked.push(`tail ${limit}`)
      return page(lines.slice(-limit), 0)
    },
    async before(seq, limit) {
      asked.push(`before ${seq}`)
      return page(lines.filter((each) => each.seq < seq).slice(-limit), seq)
    },
    async after(seq, limit) {
      asked.push(`after ${seq}`)
      return page(lines.filter((each) => each.seq > seq).slice(0, limit), seq)
    },
  }
  return { lines, asked, window: createLogWindow(reader) }
}

const seqs = (lines: readonly LogLine[]) => lines.map((each) => each.seq)

test('the end of the log comes first, older pages come upward', async () => {
  const { window, asked } = serverLog(2_200)
  await window.start()
  assert.equal(window.state.get().lines.length, TAIL)
  assert.equal(window.state.get().lines[0]?.seq, 1_701)
  assert.equal(window.state.get().whole, false)
  await window.older()
  await window.older()
  assert.equal(window.state.get().lines.length, 2_200)
  assert.equal(window.state.get().whole, true)
  await window.older()
  assert.deepEqual(asked, [`tail ${TAIL}`, 'before 1701', 'before 701'])
})

test('new lines are read after the last, once however often they are asked for', async () => {
  const { window, lines, asked } = serverLog(3)
  await window.start()
  lines.push(line(4), line(5))
  await Promise.all([window.newer(), window.newer(), window.newer()])
  assert.deepEqual(seqs(window.state.get().lines), [1, 2, 3, 4, 5])
  assert.deepEqual(asked, [`tail ${TAIL}`, 'after 3', 'after 5'])
})

test('reading everything for a search stops at the limit and says so', async () => {
  const long = serverLog(LONGEST_LOG + 5 * PAGE)
  await long.window.start()
  await long.window.all()
  assert.equal(long.window.state.get().limited, true)
  assert.ok(long.window.state.get().lines.length >= LONGEST_LOG)
  assert.ok(long.window.state.get().lines.length < LONGEST_LOG + PAGE)
  const short = serverLog(2_000)
  await short.window.start()
  await short.window.all()
  assert.equal(short.window.state.get().limited, false)
  assert.equal(short.window.state.get().whole, true)
})

test('an empty log is whole', async () => {
  const { window } = serverLog(0)
  await window.start()
  assert.deepEqual([window.state.get().status, window.state.get().whole], ['ready', true])
})

test('a reading that fails keeps the lines and tells the error', async () => {
  let fail = false
  const logs = [line(700)]
  const window = createLogWindow({
    tail: async () => ({ logs: Array.from({ length: TAIL }, (_, n) => line(n + 300)), nextAfter: 799 }),
    before: async () => {
      if (fail) throw new Error('gone')
      return { logs, nextAfter: 0 }
    },
    after: async () => ({ logs: [], nextAfter: 0 }),
  })
  await window.start()
  fail = true
  await window.older()
  assert.equal(window.state.get().lines.length, TAIL)
  assert.equal(window.state.get().loadingOlder, false)
  assert.notEqual(window.state.get().error, null)
})

test('marks show where an attempt begins and where lines were dropped', () => {
  assert.deepEqual(marksBefore(line(1), undefined), [])
  assert.deepEqual(marksBefore(line(2), line(1)), [])
  assert.deepEqual(marksBefore(line(9, { attempt: 2 }), line(5)), [
    { kind: 'dropped', lines: 3 },
    { kind: 'attempt', attempt: 2 },
  ])
})

test('levels are counted, and a search ignores case', () => {
  const lines = [
    line(1, { type: 'error', message: 'US5GA22M could not be indexed' }),
    line(2),
    line(3, { message: 'us5ga22m again' }),
  ]
  assert.deepEqual(countLevels(lines), { info: 2, warning: 0, error: 1 })
  assert.deepEqual(search(lines, ' Us5Ga22 '), [1, 3])
  assert.deepEqual(search(lines, '  '), [])
})
