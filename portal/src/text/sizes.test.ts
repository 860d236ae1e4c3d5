import assert from 'node:assert/strict'
import { test } from 'node:test'
import { bytes } from './sizes.ts'

test('bytes are written in the unit that keeps three digits', () => {
  const cases: [number, string][] = [
    [0, '0 B'],
    [812, '812 B'],
    [999, '999 B'],
    [1_000, '1 kB'],
    [4_240_000, '4.2 MB'],
    [999_600, '1 MB'],
    [31_000_000_000, '31 GB'],
  ]
  for (const [count, text] of cases) assert.equal(bytes(count), text)
})
