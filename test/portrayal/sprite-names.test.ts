import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { test } from 'node:test'
import { portrayalOf, portrayedClasses } from '#portrayal/table/portrayal-of.ts'

const sheet = path.resolve(import.meta.dirname, '..', '..', 'assets', 'sprites', 'day.json')
const images = new Set(Object.keys(JSON.parse(readFileSync(sheet, 'utf8'))))

/** Names of images that the rules of a class use; those in braces come from the chart. */
function namesOf(objectClass: string): string[] {
  return (['P', 'L', 'A'] as const).flatMap((primitive) =>
    (['simplified', 'paper'] as const).flatMap((set) => {
      const portrayal = portrayalOf(objectClass, primitive, set)
      const rows = portrayal === null ? [] : [...portrayal.rows, ...portrayal.also.flat()]
      return rows.flatMap(({ symbols, pattern, line, plainLine }) => [
        ...symbols.map(({ name }) => name),
        ...(pattern === null ? [] : [`pattern/${pattern}`]),
        ...[line, plainLine].flatMap((each) => (each?.kind === 'complex' ? [`line/${each.name}`] : [])),
      ])
    }),
  )
}

test('every symbol, pattern and complex line that the rules name is in the sprite', () => {
  const names = new Set(
    [...portrayedClasses(), '(background)', '(chart_cells)', '(scale_boundaries)', '(unknown)'].flatMap(namesOf),
  )
  const missing = [...names].filter((name) => !name.includes('{') && !images.has(name))
  assert.ok(names.size > 250)
  assert.deepEqual(missing, [])
})
