import assert from 'node:assert/strict'
import { test } from 'node:test'
import { AppError } from '#lib/errors.ts'
import { checkRestrictions, originAllowed } from './host-restrictions.ts'

const cases: [entry: string, origin: string, allowed: boolean][] = [
  ['example.com', 'https://example.com', true],
  ['example.com', 'http://example.com:8080', true],
  ['Example.COM', 'https://example.com', true],
  ['example.com', 'https://EXAMPLE.com', true],
  ['example.com', 'https://www.example.com', false],
  ['example.com', 'https://example.com.evil.test', false],
  ['example.com', 'https://evil-example.com', false],
  ['https://example.com', 'https://example.com', true],
  ['https://example.com', 'https://example.com:443', true],
  ['https://example.com', 'http://example.com', false],
  ['https://example.com', 'https://example.com:8443', false],
  ['https://example.com:8443', 'https://example.com:8443', true],
  ['localhost:5173', 'http://localhost:5173', true],
  ['localhost:5173', 'http://localhost:3000', false],
  ['example.com:443', 'https://example.com', true],
  ['[::1]', 'http://[::1]:9909', true],
  ['192.0.2.1', 'http://192.0.2.1:9909', true],
  ['bücher.example', 'https://xn--bcher-kva.example', true],
  ['capacitor://localhost', 'capacitor://localhost', true],
  ['example.com', 'null', false],
  ['example.com', '', false],
  ['example.com', 'https://example.com/path', false],
  ['example.com', 'https://user@example.com', false],
]

for (const [entry, origin, allowed] of cases) {
  test(`a token for ${entry} ${allowed ? 'may' : 'may not'} be used from "${origin}"`, () => {
    assert.equal(originAllowed({ hosts: [entry] }, origin), allowed)
  })
}

test('without hosts, and without an Origin, everything passes', () => {
  assert.ok(originAllowed(null, 'https://example.com'))
  assert.ok(originAllowed({ hosts: [] }, 'https://example.com'))
  assert.ok(originAllowed({}, 'https://example.com'))
  assert.ok(originAllowed({ hosts: ['example.com'] }, undefined))
})

test('entries that could never match are refused by name', () => {
  for (const host of [
    '*',
    '*.example.com',
    '',
    'exa mple.com',
    'https://example.com/path',
    'a/b',
    'user@example.com',
    'https://',
    'x?y',
    'a\u0000b',
  ]) {
    assert.throws(
      () => checkRestrictions({ hosts: ['example.com', host] }),
      (error) =>
        error instanceof AppError && error.code === 'VALIDATION_FAILED' && error.fields[0]?.field === '/restrictions/hosts/1',
      JSON.stringify(host),
    )
  }
  assert.throws(() => checkRestrictions({ hosts: new Array(101).fill('example.com') }), /at most 100/)
})

test('what is accepted is kept as it was written', () => {
  assert.equal(checkRestrictions(null), null)
  assert.deepEqual(checkRestrictions({}), { hosts: [] })
  const hosts = ['Example.com', 'https://example.com:8443', 'bücher.example']
  assert.deepEqual(checkRestrictions({ hosts }), { hosts })
})
