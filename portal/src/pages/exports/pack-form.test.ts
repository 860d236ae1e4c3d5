import assert from 'node:assert/strict'
import { test } from 'node:test'
import { NEW_PACK, requestOf, withKind, withZoom } from './pack-form.ts'

test('the zooms keep their order, whichever end is changed', () => {
  const at = (minZoom: number, maxZoom: number) => ({ ...NEW_PACK, minZoom, maxZoom })
  assert.deepEqual(withZoom(at(6, 10), 'minZoom', 12), at(12, 12))
  assert.deepEqual(withZoom(at(6, 10), 'maxZoom', 4), at(4, 4))
  assert.deepEqual(withZoom(at(6, 10), 'maxZoom', 8), at(6, 8))
})

test('vector tiles end at zoom 16, so a choice of raster tiles beyond is cut', () => {
  const raster = { ...withKind(NEW_PACK, 'raster'), minZoom: 17, maxZoom: 20 }
  assert.deepEqual(withKind(raster, 'vector'), { ...NEW_PACK, minZoom: 16, maxZoom: 16 })
})

test('the default style is left out of the request', () => {
  const { styleId: _, ...plain } = NEW_PACK
  assert.deepEqual(requestOf([1, 2, 3, 4], NEW_PACK), { ...plain, bbox: [1, 2, 3, 4] })
  assert.equal(requestOf([1, 2, 3, 4], { ...NEW_PACK, styleId: 7 }).styleId, 7)
})
