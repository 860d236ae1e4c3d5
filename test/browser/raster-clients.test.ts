import assert from 'node:assert/strict'
import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { after, test } from 'node:test'
import { demoCells } from '#demo/demo-cells.ts'
import { openChartPage } from '#test/browser/chart-page.ts'
import { openChromium, withoutChromium } from '#test/browser/chromium.ts'
import { comparePictures } from '#test/browser/compare-pictures.ts'
import { servePages } from '#test/browser/page-server.ts'
import { rasterPicture, viewAround } from '#test/browser/raster-view.ts'
import { prepareCell, showCell } from '#test/chart-cells.ts'
import { startFixture } from '../http/server-fixture.ts'

const HARBOUR = [-34.93, 42.9475] as const
const WINDOW = { width: 480, height: 360 }
/** Zoom of 512 px tiles; a raster tile of the same scale has one more. */
const ZOOM = 13

const skip = withoutChromium
const fixture = await startFixture()
after(() => fixture[Symbol.asyncDispose]())
if (skip === false) for (const { files } of demoCells()) await showCell(fixture.db, fixture.tiles, prepareCell(files))
const browser = skip === false ? await openChromium() : null
after(() => browser?.close())
const pages = await servePages([fixture.origin])
after(() => pages.close())
const principal = await fixture.accounts.authenticate(await fixture.adminSession())
const { id: token } = await fixture.accounts.tokens.create(principal, { name: 'raster clients' })
const night = `theme=night&depthLimit=5&depthUnits=feet&token=${token}`
const tiles = (query: string) => `${fixture.origin}/api/v2/tiles/enc-raster-v2/{z}/{x}/{y}.png?${query}`

for (const [client, file, address] of [
  ['Leaflet', 'leaflet-raster', tiles(night)],
  ['OpenLayers', 'openlayers-raster', tiles(night)],
  ['A WMTS client', 'openlayers-wmts', `${fixture.origin}/api/v1/wmts?${night}`],
] as const) {
  test(`${client} draws the charts by night with a safety depth and soundings in feet`, { skip }, async (t) => {
    assert.ok(browser)
    const { view, center } = viewAround(HARBOUR, ZOOM + 1, WINDOW)
    const page = await openChartPage(browser, `${pages.url}/${file}.html`, WINDOW)
    await page.open(address, center, ZOOM)
    // The buttons and the attribution of the client are not part of the chart.
    await page.page.addStyleTag({ content: '.leaflet-control, .ol-control { display: none }' })
    const picture = await page.picture()
    const folder = process.env['KEEP']
    if (folder !== undefined) {
      mkdirSync(folder, { recursive: true })
      writeFileSync(path.join(folder, `${file}.png`), picture)
    }
    assert.deepEqual(await page.problems(), [])
    const { mean, share } = await comparePictures(picture, await rasterPicture(tiles(night), view))
    t.diagnostic(`mean ${mean.toFixed(2)}, ${(100 * share).toFixed(2)} % of pixels`)
    assert.ok(mean < 1 && share < 0.01, `mean ${mean}, share ${share}`)
    // Each parameter has its own effect, so the client has passed on all of them.
    for (const other of [night.replace('night', 'day'), night.replace('=feet', '=meters'), night.replace('=5', '=15')]) {
      const { mean: apart } = await comparePictures(picture, await rasterPicture(tiles(other), view))
      assert.ok(apart > mean, `it looks like ${other.replace(token, '')}: mean ${apart}`)
    }
    await page.close()
  })
}
