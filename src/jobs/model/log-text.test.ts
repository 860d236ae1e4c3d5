import assert from 'node:assert/strict'
import { test } from 'node:test'
import { cleanLogText } from './log-text.ts'

const cases: [given: string, kept: string][] = [
  ['Indexing 12 cells', 'Indexing 12 cells'],
  ['login with password=hunter2 failed', 'login with password=[redacted] failed'],
  ['{"token":"0123456789abcdef"}', '{"token":[redacted]}'],
  ['Authorization: Bearer abc.def', 'Authorization: [redacted]'],
  ['cannot reach http://me:pw@mirror/ENCs', 'cannot reach http://[redacted]@mirror/ENCs'],
  ['cell US5SAVCH has no key features', 'cell US5SAVCH has no key features'],
  ['a\u001b[31mred\nline', 'a\\x1b[31mred\\x0aline'],
  ['lone \ud800 surrogate', 'lone \ufffd surrogate'],
]
for (const [given, kept] of cases) {
  test(`log text ${JSON.stringify(given)} is stored as ${JSON.stringify(kept)}`, () => assert.equal(cleanLogText(given), kept))
}

test('a log line is truncated at 8 KB, between characters', () => {
  const line = cleanLogText('\u{1f6a2}'.repeat(10_000))
  assert.ok(line.length <= 8_192)
  assert.ok(line.endsWith('... (truncated)'))
  assert.ok(line.isWellFormed())
})

test('a text of a million characters is cut before secrets are looked for, and no half of one is left at the cut', () => {
  const line = cleanLogText(`${'a-'.repeat(4_000)} see https://me:secret-password${'x'.repeat(1_000_000)}@mirror/`)
  assert.ok(line.length <= 8_192)
  assert.ok(!line.includes('secret-password'), line.slice(-300))
  assert.ok(line.endsWith('... (truncated)'))
})
