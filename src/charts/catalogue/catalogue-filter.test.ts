import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Box } from '#geo/box.ts'
import type { CatalogueEntry } from './catalogue.ts'
import { type CatalogueFilter, matchesFilter } from './catalogue-filter.ts'

function cell(name: string, states: string[] = [], box: Box | null = null): CatalogueEntry {
  const rest = {
    title: null,
    scale: null,
    status: 'active',
    zipUrl: null,
    zipSize: null,
    updateDate: null,
    issueDate: null,
  } as const
  return { ...rest, name, edition: 1, update: 0, states, districts: [], box }
}

const filter = (part: Partial<CatalogueFilter>): CatalogueFilter => ({ names: [], states: [], boxes: [], ...part })

test('a missing filter selects every entry, an empty one none', () => {
  assert.equal(matchesFilter(cell('US5SAVCH'), null), true)
  assert.equal(matchesFilter(cell('US5SAVCH'), filter({})), false)
})

for (const [pattern, name, expected] of [
  ['US5SAVCH', 'US5SAVCH', true],
  ['us5savch', 'US5SAVCH', true],
  ['US5SAV', 'US5SAVCH', false],
  ['US5SAV*', 'US5SAVCH', true],
  ['*', 'US5SAVCH', true],
  ['*CH', 'US5SAVCH', true],
  ['US*CH', 'US5SAVCH', true],
  ['US5SAVCH*', 'US5SAVCH', true],
  ['US5SAVCH*CH', 'US5SAVCH', false],
  ['U*5*V*H', 'US5SAVCH', true],
  ['U*V*5*H', 'US5SAVCH', false],
  ['**SAV**', 'US5SAVCH', true],
  ['US5SA?CH', 'US5SAVCH', false],
  ['US5SA.CH', 'US5SAVCH', false],
] as const) {
  test(`${pattern} ${expected ? 'selects' : 'does not select'} ${name}`, () => {
    assert.equal(matchesFilter(cell(name), filter({ names: [pattern] })), expected)
  })
}

test('a filter selects an entry that matches any of its states or boxes', () => {
  const wanted = filter({ states: ['ga'], boxes: [[-82, 31, -80, 33]] })
  assert.equal(matchesFilter(cell('AA5AAAA1', ['FL', 'GA']), wanted), true)
  assert.equal(matchesFilter(cell('AA5AAAA1', ['FL']), wanted), false)
  assert.equal(matchesFilter(cell('AA5AAAA1', [], [-80.5, 32, -79, 34]), wanted), true)
  assert.equal(matchesFilter(cell('AA5AAAA1', [], [-79.5, 32, -79, 34]), wanted), false)
})

test('a filter box across the antimeridian selects cells on both sides', () => {
  const fiji = filter({ boxes: [[175, -20, -175, -15]] })
  assert.equal(matchesFilter(cell('AA5AAAA1', [], [176, -18, 177, -17]), fiji), true)
  assert.equal(matchesFilter(cell('AA5AAAA1', [], [-177, -18, -176, -17]), fiji), true)
  assert.equal(matchesFilter(cell('AA5AAAA1', [], [179, -18, -179, -17]), fiji), true)
  assert.equal(matchesFilter(cell('AA5AAAA1', [], [-10, -18, 10, -17]), fiji), false)
  assert.equal(matchesFilter(cell('AA5AAAA1', [], [179, -18, -179, -17]), filter({ boxes: [[-179.5, -20, -170, -15]] })), true)
})
