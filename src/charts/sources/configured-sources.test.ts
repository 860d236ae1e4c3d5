import assert from 'node:assert/strict'
import { test } from 'node:test'
import { loadConfig } from '#config/load-config.ts'
import { CHART_SOURCES } from './chart-sources.ts'
import { configuredSources } from './configured-sources.ts'

const INLAND = 'PUBLIC_INLAND_CHARTS_URL'
const copy = new URL('file:///srv/ienc/catalogue.xml')
const read = (isDefault: boolean, ...urls: [string, URL | null][]) =>
  configuredSources({ isDefault, otherUrls: new Map(urls) }).map(
    ({ source, catalogueUrl }) => `${source.id} ${catalogueUrl.href}`,
  )

test('the inland charts come with NOAA’s own catalogue, not with a copy of it, and not when they are turned off', () => {
  assert.deepEqual(read(true), ['usace https://ienccloud.us/ienc/products/catalog/IENCU37ProductsCatalog.xml'])
  assert.deepEqual(read(false), [])
  assert.deepEqual(read(true, [INLAND, null]), [])
  assert.deepEqual(read(false, [INLAND, copy]), [`usace ${copy.href}`])
  assert.deepEqual(read(true, [INLAND, copy]), [`usace ${copy.href}`])
})

test('every source has an id, a variable and an attribution of its own, and a variable that the configuration reads', () => {
  for (const key of ['id', 'variable', 'catalogue'] as const)
    assert.equal(new Set(CHART_SOURCES.map((source) => source[key])).size, CHART_SOURCES.length, key)
  assert.equal(new Set(CHART_SOURCES.map(({ attribution }) => attribution.id)).size, CHART_SOURCES.length)
  const [first, ...others] = CHART_SOURCES.map(({ variable }) => variable)
  assert.equal(first, 'PUBLIC_CHARTS_URL')
  assert.equal(loadConfig({}).publicCharts.url.href, CHART_SOURCES[0]?.catalogue)
  for (const variable of others) assert.match(variable, /^PUBLIC_[A-Z0-9]+_CHARTS_URL$/)
})
