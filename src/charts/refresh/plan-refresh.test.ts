import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Catalogue, CatalogueEntry } from '../catalogue/catalogue.ts'
import type { PublicCellVersion } from '../cells/public-cells.ts'
import { planRefresh } from './plan-refresh.ts'

const VERSION = { edition: 3, update: 1, updateDate: '2026-01-01', issueDate: '2026-01-02' }

function listed(name: string, rest: Partial<CatalogueEntry> = {}): CatalogueEntry {
  const none = { title: null, scale: null, zipSize: null, states: [], districts: [], box: null }
  return { ...none, ...VERSION, name, status: 'active', zipUrl: `https://charts.example/${name}.zip`, ...rest }
}

function catalogueOf(entries: CatalogueEntry[], unusable: string[] = []): Catalogue {
  return { title: null, validFrom: null, entries, unusable, warnings: [] }
}

function indexed(name: string, catalogue: PublicCellVersion['catalogue'] = VERSION): PublicCellVersion {
  return { name, edition: 3, update: 1, catalogue, upToDate: true, blobKey: `public/${name}/x.zip` }
}

const several = (count: number) => Array.from({ length: count }, (_, i) => `AA5AAA${10 + i}`)

describe('an indexed cell is changed when the catalogue', () => {
  for (const [title, rest] of [
    ['has a new edition', { edition: 4, update: 0 }],
    ['has a new update', { update: 2 }],
    ['has another update date', { updateDate: '2026-02-01' }],
    ['has another issue date', { issueDate: '2026-02-01' }],
    ['has lost its issue date', { issueDate: null }],
  ] as const) {
    test(title, () => {
      const plan = planRefresh(catalogueOf([listed('AA5AAAA1', rest)]), [indexed('AA5AAAA1')], null, new Set())
      assert.deepEqual([plan.changed.length, plan.unchanged], [1, 0])
      assert.deepEqual(plan.changed[0]?.version, { ...VERSION, ...rest })
    })
  }
})

test('a catalogue that lists an older version changes nothing unless downgrades are allowed', () => {
  for (const rest of [{ edition: 2 }, { update: 0 }]) {
    const plan = (...allow: boolean[]) =>
      planRefresh(catalogueOf([listed('AA5AAAA1', rest)]), [indexed('AA5AAAA1')], null, new Set(), ...allow)
    assert.deepEqual([plan().changed.length, plan().unchanged, plan().older], [0, 1, ['AA5AAAA1']])
    assert.deepEqual([plan(true).changed.length, plan(true).older], [1, []])
  }
})

test('a cell without its last updates is fetched again, although its version and its zip are there', () => {
  const mine = { ...indexed('AA5AAAA1'), update: 0, upToDate: false }
  const [again] = planRefresh(catalogueOf([listed('AA5AAAA1')]), [mine], null, new Set([mine.blobKey])).changed
  assert.deepEqual([again?.name, again?.again], ['AA5AAAA1', true])
  const [next] = planRefresh(catalogueOf([listed('AA5AAAA1', { update: 2 })]), [mine], null, new Set()).changed
  assert.deepEqual([next?.name, next?.again], ['AA5AAAA1', undefined])
})

test('a new title, scale, address, size or box alone does not change a cell', () => {
  const moved = listed('AA5AAAA1', {
    title: 'x',
    scale: 1,
    zipUrl: 'https://elsewhere.example/z.zip',
    zipSize: 9,
    states: ['GA'],
  })
  const plan = planRefresh(catalogueOf([moved]), [indexed('AA5AAAA1')], null, new Set())
  assert.deepEqual([plan.changed.length, plan.unchanged, plan.checked], [0, 1, 1])
})

test('a refresh plan counts a cancelled cell only when it is indexed', () => {
  const cells = [listed('AA5AAAA1', { status: 'cancelled' }), listed('AA5AAAA2', { status: 'cancelled' })]
  const plan = planRefresh(catalogueOf(cells), [indexed('AA5AAAA1')], { names: ['ZZ*'], states: [], boxes: [] }, new Set())
  assert.deepEqual([plan.cancelled, plan.withdrawn, plan.checked], [['AA5AAAA1'], [], 1])
})

test('a refresh withdraws up to a fifth of the cells at once, and none when more are missing', () => {
  const all = several(10)
  const without = (count: number) =>
    planRefresh(
      catalogueOf(all.slice(count).map((name) => listed(name))),
      all.map((name) => indexed(name)),
      null,
      new Set(),
    )
  assert.deepEqual([without(2).withdrawn, without(2).lacking], [all.slice(0, 2), []])
  assert.deepEqual([without(3).withdrawn, without(3).lacking], [[], all.slice(0, 3)])
  assert.deepEqual([without(10).withdrawn, without(10).lacking], [[], all])
})

test('a real catalogue withdraws the demo cells, which do not count towards the fifth', () => {
  const demo = ['XX2DEMOA', 'XX5DEMOA', 'XX5DEMOB']
  const real = several(10)
  const plan = (listedCells: string[], indexedCells: string[]) =>
    planRefresh(
      catalogueOf(listedCells.map((name) => listed(name))),
      indexedCells.map((name) => indexed(name)),
      null,
      new Set(),
    )
  assert.deepEqual(plan(real, demo).withdrawn, demo)
  const damaged = plan(real.slice(3), [...demo, ...real])
  assert.deepEqual([damaged.withdrawn, damaged.lacking], [demo, real.slice(0, 3)])
  assert.deepEqual(plan(real.slice(2), [...demo, ...real]).withdrawn, [...demo, ...real.slice(0, 2)])
  assert.deepEqual(plan(demo, demo).withdrawn, [])
})

test('cancelled cells are listed and do not count as missing', () => {
  const all = several(10)
  const cells = all.slice(1).map((name, i) => listed(name, i < 5 ? { status: 'cancelled' } : {}))
  const plan = planRefresh(
    catalogueOf(cells),
    all.map((name) => indexed(name)),
    null,
    new Set(),
  )
  assert.deepEqual([plan.withdrawn, plan.cancelled.length], [[all[0]], 5])
})

test('a cell whose entry is unusable is not withdrawn', () => {
  const all = several(10)
  const plan = planRefresh(
    catalogueOf(
      all.slice(1).map((name) => listed(name)),
      [all[0]!],
    ),
    all.map((name) => indexed(name)),
    null,
    new Set(),
  )
  assert.deepEqual([plan.withdrawn, plan.lacking, plan.unchanged], [[], [], 9])
})
