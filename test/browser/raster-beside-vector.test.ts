import assert from 'node:assert/strict'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { after, test } from 'node:test'
import { createCanvas, loadImage } from '@napi-rs/canvas'
import { demoCells } from '#demo/demo-cells.ts'
import { openChartPage } from '#test/browser/chart-page.ts'
import { openChromium, withoutChromium } from '#test/browser/chromium.ts'
import { comparePictures } from '#test/browser/compare-pictures.ts'
import { servePages } from '#test/browser/page-server.ts'
import { rasterPicture, viewAround } from '#test/browser/raster-view.ts'
import { prepareCell, showCell } from '#test/chart-cells.ts'
import { startFixture } from '../http/server-fixture.ts'
import { middleOf, writePanel, ZOOM } from '../portrayal/chart-one/panel.ts'
import { PANELS } from '../portrayal/chart-one/panels.ts'

/** Mean difference of a channel, of 255, and the share of pixels that differ visibly; both after a blur of 1.5 pixels. */
const TOLERANCE = { mean: 2, share: 0.02 }
const WINDOW = { width: 480, height: 320 }
const THEMES = ['day', 'dusk', 'night'] as const
const HARBOUR = [-34.93, 42.9475] as const
const GOLDEN = path.join(import.meta.dirname, 'golden')

const skip = withoutChromium
const fixture = await startFixture()
after(() => fixture[Symbol.asyncDispose]())
for (const { files } of demoCells()) await showCell(fixture.db, fixture.tiles, prepareCell(files))
for (const [i, panel] of PANELS.entries()) await showCell(fixture.db, fixture.tiles, prepareCell(writePanel(panel, i)))
const browser = skip === false ? await openChromium() : null
after(() => browser?.close())
const pages = await servePages([fixture.origin])
after(() => pages.close())
const principal = await fixture.accounts.authenticate(await fixture.adminSession())
const { id: token } = await fixture.accounts.tokens.create(principal, { name: 'raster' })
const tiles = (theme: string) =>
  `${fixture.origin}/api/v2/tiles/enc-raster-v2/{z}/{x}/{y}.png?theme=${theme}&depthLimit=5&token=${token}`

/** Zooms are those of 512 px tiles; a raster tile of the same scale has one more. */
const VIEWS = [
  ...[9, 11, 12, 13, 14].map((zoom) => ({ name: `the invented coast at zoom ${zoom}`, place: HARBOUR, zoom })),
  ...PANELS.map(({ name }, i) => ({ name, place: middleOf(i), zoom: ZOOM })),
]

for (const [turn, theme] of THEMES.entries()) {
  test(`by ${theme}, raster tiles show what MapLibre draws from vector tiles, at the same pixels`, { skip }, async (t) => {
    assert.ok(browser)
    const page = await openChartPage(browser, `${pages.url}/maplibre.html`, WINDOW)
    const style = `${fixture.origin}/api/v1/styles/base.json?theme=${theme}&depthLimit=5&token=${token}`
    await page.open(style, HARBOUR, 12)
    // Each view in one theme, so that all of them together have every theme.
    for (const { name, place, zoom } of VIEWS.filter((_, i) => i % THEMES.length === turn)) {
      await t.test(name, async () => {
        const { view, center } = viewAround(place, zoom + 1, WINDOW)
        await page.go(center, zoom)
        const vector = await page.picture()
        const raster = await rasterPicture(tiles(theme), view)
        if (process.env['KEEP'] !== undefined) keep(process.env['KEEP'], `${name}-${theme}`, vector, raster)
        const { mean, share } = await comparePictures(raster, vector)
        t.diagnostic(`${name}: mean ${mean.toFixed(2)}, ${(100 * share).toFixed(2)} % of pixels`)
        assert.ok(mean < TOLERANCE.mean && share < TOLERANCE.share, `mean ${mean}, share ${share}`)
        for (const [x, y] of [
          [1, 1],
          [-1, -1],
        ] as const) {
          const moved = await comparePictures(await movedBy(raster, x, y), vector)
          assert.ok(moved.mean >= mean, `moved by ${x}, ${y} it fits better: ${moved.mean} instead of ${mean}`)
        }
      })
    }
    assert.deepEqual(await page.problems(), [])
    await page.close()
  })

  test(`raster tiles look by ${theme} as in their golden picture`, async () => {
    const { view } = viewAround(HARBOUR, 14, WINDOW)
    const picture = await rasterPicture(tiles(theme), view)
    const file = path.join(GOLDEN, `raster-${theme}.png`)
    // `npm run bless` sets it.
    if (process.env['BLESS'] === '1') {
      mkdirSync(GOLDEN, { recursive: true })
      writeFileSync(file, picture)
    }
    assert.ok(existsSync(file), `${file} is missing: npm run bless`)
    const { mean, share } = await comparePictures(picture, readFileSync(file))
    assert.ok(mean < 0.5 && share < 0.002, `mean ${mean}, share ${share}`)
  })
}

/** A picture moved by pixels; what it leaves open shows the picture as it was. */
async function movedBy(picture: Buffer, x: number, y: number): Promise<Buffer> {
  const image = await loadImage(picture)
  const canvas = createCanvas(image.width, image.height)
  canvas.getContext('2d').drawImage(image, 0, 0)
  canvas.getContext('2d').drawImage(image, x, y)
  return canvas.toBuffer('image/png')
}

function keep(folder: string, name: string, vector: Buffer, raster: Buffer): void {
  mkdirSync(folder, { recursive: true })
  writeFileSync(path.join(folder, `${name}-vector.png`), vector)
  writeFileSync(path.join(folder, `${name}-raster.png`), raster)
}
