import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readTestArguments } from '../../scripts/test-arguments.ts'

const folders: Record<string, string[]> = { 'test/jobs': ['test/jobs/a.test.ts', 'test/jobs/b.test.ts'] }
const read = (...given: string[]) => readTestArguments(given, (folder) => folders[folder] ?? [])

test('a pattern that stands apart from its option belongs to it, and the file beside it is the only one that runs', () => {
  const asked = { options: ['--test-name-pattern=a lease'], files: ['test/jobs/a.test.ts'], runsAll: false }
  assert.deepEqual(read('--test-name-pattern', 'a lease', 'test/jobs/a.test.ts'), asked)
  assert.deepEqual(read('test/jobs/a.test.ts', '--test-name-pattern=a lease'), asked)
  assert.deepEqual(read('--test-name-pattern', 'lease.ts').files, null)
})

test('a folder stands for its tests, and without files all run', () => {
  assert.deepEqual(read('test/jobs').files, folders['test/jobs'])
  assert.deepEqual(read('--all', '--test-only'), { options: ['--test-only'], files: null, runsAll: true })
})

test('an argument that names no tests is refused by its name, and so is an option without its value', () => {
  assert.throws(() => read('test/jobs', 'lease'), /no tests in "lease"/)
  assert.throws(() => read('--test-name-pattern'), /--test-name-pattern needs a value/)
})
