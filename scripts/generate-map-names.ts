// Writes the words of S-57 for the portal: attributes and their values for its map, classes for the page of a chart. `npm run generate`. With
// --check it writes nothing, and the exit code says whether the files are current.
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { ATTRIBUTES } from '#s57/data/attributes.ts'
import { EXPECTED_INPUT } from '#s57/data/expected-input.ts'
import { objectClassByAcronym } from '#s57/data/object-classes.ts'
import { OWN_CLASSES } from '#s101/own-classes.ts'

const attributes: Record<string, { name: string; values?: Record<string, string> }> = {}
for (const { code, acronym, name } of ATTRIBUTES.values()) {
  const values = EXPECTED_INPUT.get(code)
  attributes[acronym.toLowerCase()] = { name, ...(values !== undefined && { values: Object.fromEntries(values) }) }
}
const classes: Record<string, string> = {}
for (const { acronym, name } of [...objectClassByAcronym.values(), ...OWN_CLASSES.values()]) classes[acronym] = name

for (const [file, names] of [
  ['portal/src/pages/map/attribute-names.json', attributes],
  ['portal/src/pages/charts/cells/class-names.json', classes],
] as const) {
  const place = path.resolve(import.meta.dirname, '..', file)
  const sorted = Object.fromEntries(Object.entries(names).sort(([a], [b]) => (a < b ? -1 : 1)))
  const text = `${JSON.stringify(sorted)}\n`
  if (!process.argv.includes('--check')) writeFileSync(place, text)
  else if (!existsSync(place) || readFileSync(place, 'utf8') !== text) {
    console.error(`${file} is out of date: run \`npm run generate\` and commit it`)
    process.exitCode = 1
  }
}
