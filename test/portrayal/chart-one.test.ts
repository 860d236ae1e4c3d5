import assert from 'node:assert/strict'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { after, test } from 'node:test'
import { openChartPage } from '#test/browser/chart-page.ts'
import { openChromium, withoutChromium } from '#test/browser/chromium.ts'
import { comparePictures, meanBrightness } from '#test/browser/compare-pictures.ts'
import { servePages } from '#test/browser/page-server.ts'
import { prepareCell, showCell } from '#test/chart-cells.ts'
import { startFixture } from '../http/server-fixture.ts'
import { HEIGHT, middleOf, WIDTH, writePanel, ZOOM } from './chart-one/panel.ts'
import { PANELS } from './chart-one/panels.ts'

const golden = path.join(import.meta.dirname, 'golden')
/** `npm run bless` sets it: the pictures become the golden ones. */
const blesses = process.env['BLESS'] === '1'
const THEMES = ['day', 'dusk', 'night'] as const

const skip = withoutChromium
const fixture = await startFixture()
after(() => fixture[Symbol.asyncDispose]())
if (skip === false) {
  for (const [i, panel] of PANELS.entries()) await showCell(fixture.db, fixture.tiles, prepareCell(writePanel(panel, i)))
}
const browser = skip === false ? await openChromium() : null
after(() => browser?.close())
const pages = await servePages([fixture.origin])
after(() => pages.close())

const principal = await fixture.accounts.authenticate(await fixture.adminSession())
const { id: token } = await fixture.accounts.tokens.create(principal, { name: 'chart 1' })

for (const theme of THEMES) {
  test(`chart 1 looks by ${theme} as in its golden pictures, and no symbol is missing`, { skip }, async (t) => {
    assert.ok(browser)
    const page = await openChartPage(browser, `${pages.url}/maplibre.html`, { width: WIDTH, height: HEIGHT })
    await page.open(`${fixture.origin}/api/v1/styles/base.json?theme=${theme}&depthLimit=5&token=${token}`, middleOf(0), ZOOM)
    for (const [i, { name }] of PANELS.entries()) {
      await t.test(name, async () => {
        await page.go(middleOf(i), ZOOM)
        const picture = await page.picture()
        const file = fileOf(name, theme)
        if (theme === 'night') {
          const { luma, luminance } = await meanBrightness(picture)
          assert.ok(luminance < 12 && luma < 24, `night is dark: ${luminance}, ${luma}`)
        }
        await compare(picture, file)
      })
    }
    assert.deepEqual(await page.problems(), [])
    await page.close()
  })
}

/** Only the paper chart symbols have topmarks and daymarks of their own. */
const PAPER = ['Buoys', 'Beacons and daymarks', 'Topmarks', 'Wrecks and rocks', 'Lights', 'Leading lights']

test('chart 1 looks with paper chart symbols as in its golden pictures', { skip }, async (t) => {
  assert.ok(browser)
  const preview = await fetch(`${fixture.origin}/api/v1/styles/preview?token=${token}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ theme: 'day', parameters: { settings: { iconSet: 'paper', depthLimit: 5 } } }),
  })
  assert.equal(preview.status, 200)
  const page = await openChartPage(browser, `${pages.url}/maplibre.html`, { width: WIDTH, height: HEIGHT })
  await page.open(await preview.json(), middleOf(0), ZOOM)
  for (const [i, { name }] of PANELS.entries()) {
    if (!PAPER.includes(name)) continue
    await t.test(name, async () => {
      await page.go(middleOf(i), ZOOM)
      await compare(await page.picture(), fileOf(name, 'paper'))
    })
  }
  assert.deepEqual(await page.problems(), [])
  await page.close()
})

function fileOf(panel: string, look: string): string {
  return path.join(golden, `${panel.toLowerCase().replaceAll(' ', '-')}-${look}.png`)
}

async function compare(picture: Buffer, file: string): Promise<void> {
  if (blesses) {
    mkdirSync(golden, { recursive: true })
    writeFileSync(file, picture)
  }
  assert.ok(existsSync(file), `${file} is missing: npm run bless`)
  const { mean, share } = await comparePictures(picture, readFileSync(file))
  assert.ok(mean < 1.5 && share < 0.005, `differs from ${path.basename(file)}: mean ${mean}, share ${share}`)
}
