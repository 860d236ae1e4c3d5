import assert from 'node:assert/strict'
import { test } from 'node:test'
import { silentLog } from '#lib/log.ts'
import { STYLE_DEFAULTS } from '#portrayal/style/style-options.ts'
import { toRasterStyle } from '#tiles/products/png/raster-style.ts'
import { createTileRenderer } from '#tiles/render/tile-renderer.ts'

const METATILES = 24
/** How much a metatile at the ratio 2 reads from its canvases: four blocks of 1,024 by 1,024 pixels. */
const PIXEL_MEGABYTES = 16

test('a thread that paints one metatile after the other keeps nothing of their pixels', async () => {
  const renderer = createTileRenderer({ threads: 1, log: silentLog(), loadLand: async () => [] })
  const style = toRasterStyle(STYLE_DEFAULTS)
  const paint = (x: number) =>
    renderer.make(
      {
        product: 'png',
        request: { metatile: { z: 16, x, y: 9 }, ratio: 2, style },
        facts: null,
        cells: [],
      },
      new AbortController().signal,
    )
  try {
    for (let x = 0; x < 10; x++) await paint(x)
    const before = process.memoryUsage.rss()
    // All at once: the thread always finds another task, and never waits.
    await Promise.all(Array.from({ length: METATILES }, (_, x) => paint(10 + x)))
    const megabytes = (process.memoryUsage.rss() - before) / 2 ** 20
    assert.ok(megabytes < (METATILES * PIXEL_MEGABYTES) / 4, `${Math.round(megabytes)} MB more`)
  } finally {
    await renderer.close()
  }
})
