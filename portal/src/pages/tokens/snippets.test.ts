import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { LIBRARY_VERSIONS } from './library-versions.ts'
import { CLIENTS, type SnippetSettings, snippetFor } from './snippets.ts'
import { bearerOf, maskedText } from './token-bearer.ts'

const bearer = bearerOf({ id: '0123456789abcdef0123456789ab4f2a', handle: 'f'.repeat(32) })
assert.ok(bearer)
const settings: SnippetSettings = {
  base: 'https://boat.example/enc/',
  bearer,
  place: { longitude: -34.93, latitude: 42.9475, zoom: 12 },
  attribution: `It's <a href="https://example.com">here</a></script>`,
}

test('each snippet names this server with its folder, and the token', () => {
  for (const client of CLIENTS) {
    const text = snippetFor(client, settings)
    assert.match(text, /https:\/\/boat\.example\/enc\/api\//, client)
    assert.ok(text.includes(bearer), client)
  }
})

test('the map of the MapLibre snippet ends where MapLibre would cut the deepest tiles again', () => {
  const [, maxZoom] = /maxZoom: (\d+)/.exec(snippetFor('maplibre', settings)) ?? []
  // Tiles end at zoom 16, and MapLibre enlarges tiles whole in the last four zooms of a map.
  assert.equal(Number(maxZoom), 16 + 4)
})

test('the versions of the map libraries in the snippets are those of the tests', () => {
  const file = new URL('../../../../package.json', import.meta.url)
  const { dependencies, devDependencies } = JSON.parse(readFileSync(file, 'utf8')) as Record<string, Record<string, string>>
  const installed = { ...dependencies, ...devDependencies }
  assert.deepEqual(LIBRARY_VERSIONS, {
    maplibre: installed['maplibre-gl'],
    openlayers: installed['ol'],
    leaflet: installed['leaflet'],
  })
})

test('the attribution cannot end the script that contains it', () => {
  const text = snippetFor('leaflet', settings)
  assert.equal(text.match(/<\/script/g)?.length, 2)
  assert.match(text, /attribution: 'It\\'s <a href/)
})

test('the entry for SignalK is JSON with the fields of its charts plugin', () => {
  const entry = JSON.parse(snippetFor('signalk', settings)) as Record<string, unknown>
  assert.deepEqual(Object.keys(entry), ['name', 'description', 'minzoom', 'maxzoom', 'serverType', 'format', 'url'])
})

test('a token whose bearer string is hidden yields none, and a mask shows only the last four digits', () => {
  assert.equal(bearerOf({ id: 'a'.repeat(32), handle: 'a'.repeat(32) }), null)
  assert.equal(maskedText(bearer), '•••• 4f2a')
})
