import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { test } from 'node:test'

const root = path.resolve(import.meta.dirname, '..', '..')

/** `CODE status` of every error that the source can answer, as it is written there. */
function codesOfSource(): Set<string> {
  const found = new Set<string>()
  for (const file of globSync('src/**/*.ts', { cwd: root })) {
    if (file.endsWith('.test.ts')) continue
    const source = readFileSync(path.join(root, file), 'utf8')
    for (const [, code, status] of source.matchAll(/\b(?:AppError|super)\(\s*'([A-Z][A-Z_]+)',\s*(\d{3})\b/g))
      found.add(`${code} ${status}`)
    for (const [, status, code] of source.matchAll(/\bsend\(\s*reply,\s*(\d{3}),\s*'([A-Z][A-Z_]+)'/g))
      found.add(`${code} ${status}`)
    for (const [, code, status] of source.matchAll(/\bcode: '([A-Z][A-Z_]+)',\s*status: (\d{3})\b/g))
      found.add(`${code} ${status}`)
    for (const [, status, code] of source.matchAll(/\bstatus: (\d{3}),\s*code: '([A-Z][A-Z_]+)'/g)) found.add(`${code} ${status}`)
  }
  return found
}

test('docs/errors.md lists every error code with its status, in order, and none that does not exist', () => {
  const table = readFileSync(path.join(root, 'docs', 'errors.md'), 'utf8')
  const listed = [...table.matchAll(/^\| `([A-Z_]+)` +\| +(\d{3}) +\|/gm)].map(([, code, status]) => `${code} ${status}`)
  assert.deepEqual(listed, [...codesOfSource()].toSorted())
})

test('an AppError always gives its code and status where it is thrown, so that the test above sees it', () => {
  for (const file of globSync('src/**/*.ts', { cwd: root })) {
    if (file.endsWith('.test.ts')) continue
    const source = readFileSync(path.join(root, file), 'utf8')
    const all = [...source.matchAll(/new AppError\(/g)].length
    const plain = [...source.matchAll(/new AppError\(\s*'[A-Z][A-Z_]+',\s*\d{3}\b/g)].length
    assert.equal(plain, all, file)
  }
})
