import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { demoCells } from '#demo/demo-cells.ts'
import { paletteOf } from '#portrayal/palette/palette-of.ts'
import type { Token } from '#portrayal/palette/tokens.ts'
import { openChartPage } from '#test/browser/chart-page.ts'
import { openChromium, withoutChromium } from '#test/browser/chromium.ts'
import { countColour } from '#test/browser/compare-pictures.ts'
import { servePages } from '#test/browser/page-server.ts'
import { prepareCell, showCell } from '#test/chart-cells.ts'
import { startFixture } from '../http/server-fixture.ts'

const HARBOUR = [-34.93, 42.9475] as const
/** Small, because OpenLayers draws on one thread without the graphics card. */
const WINDOW = { width: 480, height: 360 }

const skip = withoutChromium
const fixture = await startFixture()
after(() => fixture[Symbol.asyncDispose]())
if (skip === false) for (const { files } of demoCells()) await showCell(fixture.db, fixture.tiles, prepareCell(files))
const browser = skip === false ? await openChromium() : null
after(() => browser?.close())
const pages = await servePages([fixture.origin])
after(() => pages.close())
const principal = await fixture.accounts.authenticate(await fixture.adminSession())
const { id: token } = await fixture.accounts.tokens.create(principal, { name: 'clients' })
const styleOf = (query: string) => `${fixture.origin}/api/v1/styles/base.json?${query}&token=${token}`

function colour(name: Token): [number, number, number] {
  const hex = paletteOf('day')[name]
  return [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16)) as [number, number, number]
}

for (const [client, file] of [
  ['MapLibre GL', 'maplibre'],
  ['Leaflet', 'leaflet'],
  ['OpenLayers', 'openlayers'],
] as const) {
  test(`${client} draws charts by the address of the style alone`, { skip }, async (t) => {
    assert.ok(browser)
    const page = await openChartPage(browser, `${pages.url}/${file}.html`, WINDOW)
    await page.open(styleOf('theme=day'), HARBOUR, 13)
    const picture = await page.picture()
    assert.deepEqual(await page.problems(), [])
    for (const token of ['LANDA', 'DEPVS', 'LITGN', 'LITRD'] as const) {
      const count = await countColour(picture, colour(token))
      t.diagnostic(`${count} pixels of ${token}`)
      assert.ok(count > 20, `${count} pixels of ${token}`)
    }
    await page.close()
  })
}

test('a change of theme or safety depth draws the whole chart again without a fault', { skip }, async (t) => {
  assert.ok(browser)
  const page = await openChartPage(browser, `${pages.url}/maplibre.html`, WINDOW)
  const style = async (query: string) => (await fetch(styleOf(query))).json()
  const [day, night, deeper] = await Promise.all(['theme=day', 'theme=night', 'theme=day&depthLimit=10'].map(style))
  await page.open(day, HARBOUR, 13)
  t.diagnostic(`day to night: ${Math.round(await page.setStyle(night))} ms`)
  t.diagnostic(`night to day: ${Math.round(await page.setStyle(day))} ms`)
  t.diagnostic(`another safety depth: ${Math.round(await page.setStyle(deeper))} ms`)
  assert.deepEqual(await page.problems(), [])
  await page.close()
})
