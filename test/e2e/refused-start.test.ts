import assert from 'node:assert/strict'
import { once } from 'node:events'
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, before, describe, test } from 'node:test'
import { freePort, runChartroom, startServerProcess } from '#test/server-process.ts'

// A server that cannot start says why in words a stranger understands, and leaves with a failure.

let folder: string
before(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'chartroom-refused-'))
})
after(() => rm(folder, { recursive: true, force: true }))

const fresh = (name: string) => ({ DATA_DIR: path.join(folder, name) })

const wrongSettings: [what: string, environment: Record<string, string>, message: RegExp][] = [
  ['a port that is no number', { PORT: 'abc' }, /PORT.*abc/],
  ['a port out of range', { PORT: '70000' }, /PORT.*70000.*65535/],
  ['an address of charts that is no URL', { PUBLIC_CHARTS_URL: 'charts' }, /PUBLIC_CHARTS_URL.*charts/],
  ['a filter that means nothing', { PUBLIC_CHARTS_FILTER: 'Georgia!' }, /PUBLIC_CHARTS_FILTER.*GEORGIA!/i],
  [
    'a word that is neither true nor false',
    { JOB_PROCESSOR_ENABLE_AUTO_CHART_UPDATE: 'perhaps' },
    /AUTO_CHART_UPDATE.*perhaps.*true/,
  ],
  ['a token that is none', { PROVISIONING_DEFAULT_TOKEN: 'secret' }, /PROVISIONING_DEFAULT_TOKEN/],
]

describe('wrong settings', () => {
  for (const [what, environment, message] of wrongSettings) {
    test(what, async () => {
      const { code, output } = await runChartroom({ ...fresh('settings'), ...environment })
      assert.equal(code, 1)
      assert.match(output, message)
      assert.doesNotMatch(output, /\n\s+at /, 'a stack trace is no message')
    })
  }

  test('all of them are named at once', async () => {
    const { output } = await runChartroom({ ...fresh('settings'), PORT: 'x', LOG_LEVEL: 'loud' })
    assert.match(output, /PORT/)
    assert.match(output, /LOG_LEVEL/)
  })
})

test('a data directory that is a file', async () => {
  const file = path.join(folder, 'file')
  await writeFile(file, '')
  const { code, output } = await runChartroom({ DATA_DIR: file })
  assert.equal(code, 1)
  assert.match(output, /DATA_DIR/)
})

test('a data directory that may not be written', { skip: process.getuid?.() === 0 && 'root may write everywhere' }, async () => {
  const locked = path.join(folder, 'locked')
  await writeFile(locked, '').then(() => rm(locked))
  const parent = await mkdtemp(path.join(folder, 'parent-'))
  await chmod(parent, 0o500)
  const { code, output } = await runChartroom({ DATA_DIR: path.join(parent, 'data') })
  assert.equal(code, 1)
  assert.match(output, /DATA_DIR/)
})

test('a database that nobody answers for', async () => {
  const url = `postgresql://someone:hunter2@127.0.0.1:${await freePort()}/charts`
  const started = runChartroom({ ...fresh('unreachable'), DATABASE_URL: url, DATABASE_WAIT_SECONDS: '1' })
  const { code, output } = await started
  assert.equal(code, 1)
  assert.match(output, /DATABASE_URL could not be reached/)
  assert.doesNotMatch(output, /hunter2/)
})

test('a port that is taken', async () => {
  const other = createServer().listen(0, '127.0.0.1')
  await once(other, 'listening')
  const address = other.address()
  assert.ok(address !== null && typeof address === 'object')
  const { code, output } = await runChartroom({ ...fresh('port'), PORT: String(address.port) })
  other.close()
  assert.equal(code, 1)
  assert.match(output, new RegExp(`port ${address.port} .*in use.*PORT`))
})

test('a second server on one data directory, and the first does not notice', async () => {
  const first = await startServerProcess(fresh('shared'))
  try {
    const { code, output } = await runChartroom(fresh('shared'))
    assert.equal(code, 1)
    assert.match(output, /already|another/i)
    assert.equal((await fetch(`${first.url}/health/ready`)).status, 200)
  } finally {
    assert.equal(await first.end('SIGTERM'), 0)
  }
})

test('an unknown command shows how to call it', async () => {
  const { code, output } = await runChartroom({}, ['sail'])
  assert.equal(code, 2)
  assert.match(output, /chartroom serve/)
})
