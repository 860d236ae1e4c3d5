import assert from 'node:assert/strict'
import { PassThrough } from 'node:stream'
import { test } from 'node:test'
import { stripVTControlCharacters } from 'node:util'
import type { CommandContext } from '#cli/frame/command-context.ts'
import { formatJobs } from '#cli/output/job-table.ts'
import { formatTable } from '#cli/output/table.ts'
import { runCli } from '#cli/run-cli.ts'

/** A terminal that keeps what is written to it. @param columns its width. */
function terminal(columns: number) {
  const stream = Object.assign(new PassThrough({ encoding: 'utf8' }), { isTTY: true, columns })
  return { out: stream as unknown as NodeJS.WriteStream, text: () => String(stream.read() ?? '') }
}

async function help(columns: number, ...words: string[]): Promise<string> {
  const { out, text } = terminal(columns)
  const parts = { env: {}, input: process.stdin, out, err: out, signal: new AbortController().signal }
  const context: CommandContext = { ...parts, isPortalStale: false, hold() {}, exit() {} }
  await runCli([...words, '--help'], context)
  return text()
}

const widest = (text: string) => Math.max(...text.split('\n').map((line) => line.trimEnd().length))

const job = {
  id: '01a22a26-da89-70f9-ac01-5b4e41348055',
  parentJobId: null,
  jobType: 'refresh-public-charts',
  jobState: 'completed',
  percentComplete: 100,
  createdAt: Date.UTC(2026, 10, 30, 1, 51, 59),
  startedAt: 0,
  finishedAt: 205,
  waitingReason: null,
  result: null,
  error: null,
  steps: [],
  children: {},
  startedBy: null,
}

test('help fits a terminal of 60 columns, with all its words', async () => {
  for (const words of [[], ['jobs'], ['jobs', 'list'], ['charts', 'list'], ['restore'], ['jobs', 'watch']]) {
    const narrow = await help(60, ...words)
    assert.ok(widest(narrow) <= 60, `${widest(narrow)} columns:\n${narrow}`)
    const [all, wide] = [narrow, await help(100, ...words)].map((text) => text.split(/\s+/).join(' '))
    assert.equal(all, wide)
  }
})

test('a table of jobs fits a terminal of 60 columns', () => {
  const { out } = terminal(60)
  // Without the colours, which take no column.
  const text = stripVTControlCharacters(formatJobs(out, [job]))
  assert.ok(widest(text) <= 60, text)
  assert.match(text, /^5b4e41348055 {2}refres.*… {2}completed {2}100 {2}1[12]-\d\d \d\d:\d\d {2}205 ms$/m)
})

test('short texts are only for narrow terminals', () => {
  const columns = [{ title: 'a', value: () => 'the whole text', short: () => 'text' }]
  assert.equal(formatTable(columns, [1], null), 'A\nthe whole text\n')
  assert.equal(formatTable(columns, [1], 14), 'A\nthe whole text\n')
  assert.equal(formatTable(columns, [1], 13), 'A\ntext\n')
})

test('a terminal that does not know its size counts as one of 80 columns', async () => {
  assert.equal(await help(0, 'jobs'), await help(80, 'jobs'))
  assert.equal(formatJobs(terminal(0).out, [job]), formatJobs(terminal(80).out, [job]))
})
