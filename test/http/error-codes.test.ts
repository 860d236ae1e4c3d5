import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { test } from 'node:test'
import { ERRORS } from '#lib/error-codes.ts'

const root = path.resolve(import.meta.dirname, '..', '..')
const TABLE = path.join('src', 'lib', 'error-codes.ts')

test('docs/errors.md lists every error code with its status, in order, and no other', () => {
  const document = readFileSync(path.join(root, 'docs', 'errors.md'), 'utf8')
  const listed = [...document.matchAll(/^\| `([A-Z_]+)` +\| +(\d{3}) +\|/gm)].map(([, code, status]) => `${code} ${status}`)
  assert.deepEqual(
    listed,
    Object.entries(ERRORS)
      .map(([code, { status }]) => `${code} ${status}`)
      .toSorted(),
  )
})

test('every error code is used outside the table', () => {
  const sources = globSync('src/**/*.ts', { cwd: root })
    .filter((file) => file !== TABLE && !file.endsWith('.test.ts'))
    .map((file) => readFileSync(path.join(root, file), 'utf8'))
  const unused = Object.keys(ERRORS).filter((code) => !sources.some((source) => source.includes(`'${code}'`)))
  assert.deepEqual(unused, [])
})
