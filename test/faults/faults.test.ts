import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { test } from 'node:test'
import yauzl from 'yauzl'
import { sharedStreamZip } from '#test/shared-stream-zip.ts'
import { FAULT_CASES } from './cases.ts'
import { readOnlyDatabase } from './database-faults.ts'
import type { FaultCase } from './fault-case.ts'
import { fullDisk } from './full-disk.ts'
import { jumpingClock } from './jumping-clock.ts'
import { pooler } from './pooler.ts'
import { runCase } from './run-faults.ts'
import { schemaRequests } from './schema-requests.ts'
import { fill, inAddresses, routes } from './walk-routes.ts'

/** Cases of `npm run chaos -- --faults` that end within seconds and do not measure time. */
const QUICK: readonly FaultCase[] = [jumpingClock(3_000), pooler, readOnlyDatabase, fullDisk, schemaRequests]

for (const faultCase of QUICK) {
  test(`${faultCase.name}: ${faultCase.title}`, async (t) => {
    const outcome = await runCase(faultCase, { seed: 1, requests: 1_000 })
    if ('skipped' in outcome) return t.skip(outcome.skipped)
    t.diagnostic(outcome.seen)
    assert.deepEqual(outcome.broken, [])
  })
}

test('docs/security.md fills each field of its matrix and names only cases and tests that exist', () => {
  const root = path.resolve(import.meta.dirname, '../..')
  const read = (file: string) => readFileSync(path.join(root, file), 'utf8')
  const matrix = read('docs/security.md')
    .split('\n')
    .filter((line) => /^\| [a-z]+ +\| [A-Z0-9]/.test(line))
  assert.equal(matrix.length, 7)
  for (const line of matrix) {
    const fields = line
      .split(/ +\| */)
      .filter((field) => field !== '')
      .slice(1)
    assert.equal(fields.length, 3, line)
    for (const field of fields) {
      const cases = [...field.matchAll(/[Cc]ase `([^`]+)`/g)].map(([, name]) => name)
      const titles = [...field.matchAll(/`([^`]+\.test\.ts)`: "([^"]+)"/g)]
      assert.ok(cases.length + titles.length > 0, field)
      for (const name of cases)
        assert.ok(
          FAULT_CASES.some((each) => each.name === name),
          `there is no case ${name}`,
        )
      for (const [, file = '', title = ''] of titles) assert.ok(read(file).includes(title), `${file}: ${title}`)
    }
  }
})

test('a walk reaches every route of the API, and changes no session', () => {
  const walked = new Set(inAddresses(['%00']).map(({ method, target }) => `${method} ${target.split('?')[0]}`))
  for (const route of routes()) assert.ok(walked.has(`${route.method} ${fill(route)}`), `${route.method} ${route.path}`)
  assert.deepEqual(
    [...walked].filter((each) => /logout|passwordChange/.test(each)),
    [],
  )
})

test('a zip can point with many entries at one stream', async () => {
  const zip = sharedStreamZip(
    [Buffer.from('one')],
    ['A.TXT', 'B.TXT'].map((name) => ({ name, stream: 0 })),
  )
  const names: string[] = []
  const opened = await yauzl.fromBufferPromise(zip)
  for await (const entry of opened.eachEntry()) names.push(entry.fileName)
  assert.deepEqual(names, ['A.TXT', 'B.TXT'])
})

test('a case that throws counts as broken', async () => {
  const throwing: FaultCase = {
    name: 'throws',
    title: 'it never holds',
    run: async () => {
      throw new Error('no such server')
    },
  }
  assert.deepEqual(await runCase(throwing, { seed: 1, requests: 1 }), {
    broken: ['the case was cut short: no such server'],
    seen: '',
  })
})
