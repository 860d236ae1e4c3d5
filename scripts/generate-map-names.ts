// Writes portal/src/pages/map/attribute-names.json, the words of S-57 attributes and their values for the map of the portal: `npm run generate`. With --check
// it writes nothing, and the exit code says whether the file is current.
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { ATTRIBUTES } from '#s57/data/attributes.ts'
import { EXPECTED_INPUT } from '#s57/data/expected-input.ts'

const file = path.resolve(import.meta.dirname, '..', 'portal/src/pages/map/attribute-names.json')
const names: Record<string, { name: string; values?: Record<string, string> }> = {}
for (const { code, acronym, name } of ATTRIBUTES.values()) {
  const values = EXPECTED_INPUT.get(code)
  names[acronym.toLowerCase()] = { name, ...(values !== undefined && { values: Object.fromEntries(values) }) }
}
const sorted = Object.fromEntries(Object.entries(names).sort(([a], [b]) => (a < b ? -1 : 1)))
const text = `${JSON.stringify(sorted)}\n`

if (!process.argv.includes('--check')) writeFileSync(file, text)
else if (!existsSync(file) || readFileSync(file, 'utf8') !== text) {
  console.error('portal/src/pages/map/attribute-names.json is out of date: run `npm run generate` and commit it')
  process.exitCode = 1
}
