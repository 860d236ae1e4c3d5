import assert from 'node:assert/strict'
import { test } from 'node:test'
import { FAULT_CASES } from './cases.ts'
import type { FaultCase } from './fault-case.ts'
import { runCase } from './run-faults.ts'

// The quick cases of `npm run chaos -- --faults`. The others take minutes, or small disks and programs of the machine.

const QUICK = ['long-title', 'odd-texts', 'odd-paths', 'slow-clients', 'canaries', 'pooler', 'read-only-database']

for (const faultCase of FAULT_CASES.filter(({ name }) => QUICK.includes(name))) {
  test(`${faultCase.name}: ${faultCase.title}`, async (t) => {
    const outcome = await runCase(faultCase, { seed: 1, requests: 1_000 })
    if ('skipped' in outcome) return t.skip(outcome.skipped)
    t.diagnostic(outcome.seen)
    assert.deepEqual(outcome.broken, [])
  })
}

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
