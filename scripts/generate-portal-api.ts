// Writes portal/src/api/schema.ts, the types of the API, from docs/openapi.json: `npm run generate`. With --check it writes nothing, and the
// exit code says whether the file is current.
import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { type ApiDocument, apiTypes } from './portal-api/api-types.ts'

const { values } = parseArgs({ options: { check: { type: 'boolean', default: false } } })
const root = path.resolve(import.meta.dirname, '..')
const file = path.join(root, 'portal', 'src', 'api', 'schema.ts')
const text = apiTypes(JSON.parse(readFileSync(path.join(root, 'docs', 'openapi.json'), 'utf8')) as ApiDocument)

if (!values.check) writeFileSync(file, text)
else if (readFileSync(file, 'utf8') !== text) {
  console.error('portal/src/api/schema.ts is out of date: run `npm run generate` and commit it')
  process.exitCode = 1
}
