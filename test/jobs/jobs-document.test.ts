import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { test } from 'node:test'
import { JOB_STATES, STEP_STATUSES } from '#jobs/model/job-record.ts'

// docs/jobs.md names functions and tests: each must exist, and each arrow of its diagrams must be explained.

const root = path.resolve(import.meta.dirname, '../..')
const read = (file: string) => readFileSync(path.join(root, file), 'utf8')
const document = read('docs/jobs.md')
const rows = [...document.matchAll(/^\| ([JS]\d+) +\| [^|]+ \| `(\w+)` \(`([^`]+)`\) +\| /gm)]
const diagrams = [...document.matchAll(/```mermaid\n(.*?)```/gs)].map((match) => match[1] ?? '')
const arrows = diagrams.map((diagram) => [...diagram.matchAll(/^ {2}(\S+) --> (\S+): (.+)$/gm)])

test('docs/jobs.md names only functions that exist', () => {
  assert.ok(rows.length > 30)
  const missing = rows.filter(([, , name, file]) => !new RegExp(`function ${name}\\(`).test(read(file ?? '')))
  assert.deepEqual(
    missing.map(([, arrow, name, file]) => `${arrow}: ${name} in ${file}`),
    [],
  )
})

test('docs/jobs.md names only tests that exist', () => {
  const titles = [...document.matchAll(/`((?:test|src)\/[^`]+\.test\.ts)`: "([^"]+)"/g)]
  assert.ok(titles.length > 50)
  const missing = titles.filter(([, file, title]) => !read(file ?? '').includes(title ?? ''))
  assert.deepEqual(
    missing.map(([, file, title]) => `${file}: ${title}`),
    [],
  )
})

test('every arrow of the diagrams in docs/jobs.md has a row, and every row an arrow', () => {
  const drawn = arrows.flat().flatMap(([, , , label]) => label?.split(', ') ?? [])
  assert.deepEqual([...new Set(drawn)].toSorted(), rows.map(([, arrow]) => arrow).toSorted())
})

test('the diagrams in docs/jobs.md show every state of a job and of a step', () => {
  const statesOf = (each: RegExpMatchArray[] | undefined) => [...new Set(each?.flatMap(([, from, to]) => [from, to]))]
  assert.deepEqual(statesOf(arrows[0]).toSorted(), ['[*]', 'waiting', ...JOB_STATES].toSorted())
  assert.deepEqual(statesOf(arrows[1]).toSorted(), ['[*]', ...STEP_STATUSES].toSorted())
})
