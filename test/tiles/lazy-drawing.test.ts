import assert from 'node:assert/strict'
import { registerHooks } from 'node:module'
import { test } from 'node:test'

// Runs in its own process (node --test), so no other test has loaded these modules before.

const loaded: string[] = []
registerHooks({
  load(url, context, next) {
    loaded.push(url)
    return next(url, context)
  },
})
const drawing = () => loaded.filter((url) => /\/src\/tiles\/(draw|mvt)\/|\/src\/geo\/overlay\//.test(url))

test('the main thread plans every product without loading the code that draws it', async () => {
  await import('#tiles/create-tiles.ts')
  await import('#tiles/tile-json.ts')
  assert.ok(loaded.some((url) => url.endsWith('/src/tiles/products/product-table.ts')))
  assert.deepEqual(drawing(), [])
  await import('#tiles/products/vector/draw-tile.ts')
  assert.notDeepEqual(drawing(), [], 'the hook sees what is loaded')
})
