// Writes docs/openapi.json from the routes: `npm run generate`. With --check it writes nothing, and the exit code says whether the file is
// current.
import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { describeApi } from '#http/describe-api.ts'

const { values } = parseArgs({ options: { check: { type: 'boolean', default: false } } })
const root = path.resolve(import.meta.dirname, '..')
const file = path.join(root, 'docs', 'openapi.json')
const { version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as { version: string }
const text = `${JSON.stringify(await describeApi(version), null, 2)}\n`

if (!values.check) writeFileSync(file, text)
else if (read(file) !== text) {
  console.error('docs/openapi.json is out of date: run `npm run generate` and commit it')
  process.exitCode = 1
}

function read(name: string): string | null {
  try {
    return readFileSync(name, 'utf8')
  } catch {
    return null
  }
}
