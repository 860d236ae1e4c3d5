import assert from 'node:assert/strict'
import { once } from 'node:events'
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, before, describe, test } from 'node:test'
import { freePort } from '#test/free-port.ts'
import { runChartroom, startServerProcess } from '#test/server-process.ts'

// A server that cannot start prints the reason in plain words and exits with a failure.

let folder: string
before(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'chartroom-refused-'))
})
after(() => rm(folder, { recursive: true, force: true }))

const fresh = (name: string) => ({ DATA_DIR: path.join(folder, name) })

const wrongSettings: [what: string, environment: Record<string, string>, message: RegExp][] = [
  ['PORT is not a number', { PORT: 'abc' }, /PORT.*abc/],
  ['PORT is out of range', { PORT: '70000' }, /PORT.*70000.*65535/],
  ['PUBLIC_CHARTS_URL is not a URL', { PUBLIC_CHARTS_URL: 'charts' }, /PUBLIC_CHARTS_URL.*charts/],
  ['PUBLIC_CHARTS_FILTER is not a filter', { PUBLIC_CHARTS_FILTER: 'Georgia!' }, /PUBLIC_CHARTS_FILTER.*GEORGIA!/i],
  ['a flag is neither true nor false', { JOB_PROCESSOR_ENABLE_AUTO_CHART_UPDATE: 'perhaps' }, /AUTO_CHART_UPDATE.*perhaps.*true/],
  ['PROVISIONING_DEFAULT_TOKEN is not a token', { PROVISIONING_DEFAULT_TOKEN: 'secret' }, /PROVISIONING_DEFAULT_TOKEN/],
  ['TRUSTED_PROXIES names no address', { TRUSTED_PROXIES: 'proxy.example' }, /TRUSTED_PROXIES.*proxy\.example/],
  ['PUBLIC_URL has no scheme', { PUBLIC_URL: 'charts.example' }, /PUBLIC_URL cannot be used/],
]

describe('the start is refused with a message when', () => {
  for (const [what, environment, message] of wrongSettings) {
    test(what, async () => {
      const { code, output } = await runChartroom({ ...fresh('settings'), ...environment })
      assert.equal(code, 1)
      assert.match(output, message)
      assert.doesNotMatch(output, /\n\s+at /, 'the message must not contain a stack trace')
    })
  }

  test('several settings are wrong, and the message names all of them', async () => {
    const { output } = await runChartroom({ ...fresh('settings'), PORT: 'x', LOG_LEVEL: 'loud' })
    assert.match(output, /PORT/)
    assert.match(output, /LOG_LEVEL/)
  })
})

test('a DATA_DIR that is a file refuses the start', async () => {
  const file = path.join(folder, 'file')
  await writeFile(file, '')
  const { code, output } = await runChartroom({ DATA_DIR: file })
  assert.equal(code, 1)
  assert.match(output, /DATA_DIR/)
})

test('a DATA_DIR that is not writable refuses the start', {
  skip: process.getuid?.() === 0 && 'root may write everywhere',
}, async () => {
  const locked = path.join(folder, 'locked')
  await writeFile(locked, '').then(() => rm(locked))
  const parent = await mkdtemp(path.join(folder, 'parent-'))
  await chmod(parent, 0o500)
  const { code, output } = await runChartroom({ DATA_DIR: path.join(parent, 'data') })
  assert.equal(code, 1)
  assert.match(output, /DATA_DIR/)
})

test('too few file descriptors refuse the start, with the limit and how to raise it', {
  skip: process.platform !== 'linux' && 'needs ulimit',
}, async () => {
  // The start runs out of them somewhere, because PostgreSQL alone needs more.
  const { code, output } = await runChartroom(fresh('starved'), ['serve'], 40)
  assert.equal(code, 1)
  assert.match(output, /^Chartroom did not start: .*\n/m)
  assert.match(output, /^This process may not open more than 40 files and sockets: raise the limit, with "ulimit -n 65536"/m)
})

test('an unreachable database refuses the start', async () => {
  const url = `postgresql://someone:hunter2@127.0.0.1:${await freePort()}/charts`
  const started = runChartroom({ ...fresh('unreachable'), DATABASE_URL: url, DATABASE_WAIT_SECONDS: '1' })
  const { code, output } = await started
  assert.equal(code, 1)
  assert.match(output, /DATABASE_URL could not be reached/)
  assert.doesNotMatch(output, /hunter2/)
})

test('a port in use refuses the start', async () => {
  const other = createServer().listen(0, '127.0.0.1')
  await once(other, 'listening')
  const address = other.address()
  assert.ok(address !== null && typeof address === 'object')
  const { code, output } = await runChartroom({ ...fresh('port'), PORT: String(address.port) })
  other.close()
  assert.equal(code, 1)
  assert.match(output, new RegExp(`port ${address.port} .*in use.*PORT`))
})

test('a second server on one data directory is refused and does not disturb the first', async () => {
  const first = await startServerProcess(fresh('shared'))
  try {
    const { code, output } = await runChartroom(fresh('shared'))
    assert.equal(code, 1)
    assert.match(output, /already|another/i)
    const ready = await (await fetch(`${first.url}/health/ready`)).json()
    assert.deepEqual(ready, { status: 'ok', checks: { database: 'ok', tiles: 'ok' } })
  } finally {
    assert.equal(await first.end('SIGTERM'), 0)
  }
})

test('an unknown command prints the commands that there are', async () => {
  const { code, output } = await runChartroom({}, ['sail'])
  assert.equal(code, 2)
  assert.match(output, /unknown command 'sail'/)
  assert.match(output, /serve .* run the server/)
})
