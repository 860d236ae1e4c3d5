import assert from 'node:assert/strict'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { after, test } from 'node:test'
import { openChartPage } from '#test/browser/chart-page.ts'
import { openChromium, withoutChromium } from '#test/browser/chromium.ts'
import { comparePictures, meanLuminance } from '#test/browser/compare-pictures.ts'
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

for (const theme of THEMES) {
  test(`chart 1 looks by ${theme} as in its golden pictures, and no symbol is missing`, { skip }, async (t) => {
    assert.ok(browser)
    const page = await openChartPage(browser, `${pages.url}/maplibre.html`, { width: WIDTH, height: HEIGHT })
    const principal = await fixture.accounts.authenticate(await fixture.adminSession())
    const { id } = await fixture.accounts.tokens.create(principal, { name: theme })
    await page.open(`${fixture.origin}/api/v1/styles/base.json?theme=${theme}&depthLimit=5&token=${id}`, middleOf(0), ZOOM)
    mkdirSync(golden, { recursive: true })
    for (const [i, { name }] of PANELS.entries()) {
      await t.test(name, async () => {
        await page.go(middleOf(i), ZOOM)
        const picture = await page.picture()
        const file = path.join(golden, `${name.toLowerCase().replaceAll(' ', '-')}-${theme}.png`)
        if (theme === 'night') assert.ok((await meanLuminance(picture)) < 24, 'night is dark')
        if (blesses) writeFileSync(file, picture)
        assert.ok(existsSync(file), `${file} is missing: npm run bless`)
        const { mean, share } = await comparePictures(picture, readFileSync(file))
        assert.ok(mean < 1.5 && share < 0.005, `differs from ${path.basename(file)}: mean ${mean}, share ${share}`)
      })
    }
    assert.deepEqual(await page.problems(), [])
    await page.close()
  })
}
