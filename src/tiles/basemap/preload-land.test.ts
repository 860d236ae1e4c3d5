import assert from 'node:assert/strict'
import { test } from 'node:test'
import { preloadLand } from './preload-land.ts'

test('the land is loaded once, before the first call', async () => {
  let loads = 0
  const get = preloadLand(async () => {
    loads++
    return []
  })
  assert.equal(loads, 1)
  assert.equal(await get(), await get())
  assert.equal(loads, 1)
})

test('a failed load is repeated by the next call', async () => {
  let loads = 0
  const get = preloadLand(async () => {
    loads++
    if (loads === 1) throw new Error('no memory')
    return []
  })
  await assert.rejects(get(), /no memory/)
  assert.deepEqual(await get(), [])
  assert.equal(loads, 2)
})
