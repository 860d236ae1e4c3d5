import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fitsSearch, hasEffect, slotGroup } from './slot-groups.ts'

test('shades of water, land and sectors of lights have their groups, and an unknown slot has one too', () => {
  assert.deepEqual(['DEPVS', 'LANDA', 'LITRD', 'SNDG2', 'NEWER'].map(slotGroup), ['water', 'land', 'lights', 'text', 'traffic'])
})

test('a slot is found by its token or by all the words that were typed', () => {
  const slot = { slot: 'DEPVS', description: 'From the shoreline to the shallow contour' }
  for (const search of ['', 'depvs', 'shallow', 'contour shore']) assert.ok(fitsSearch(slot, search), search)
  assert.ok(!fitsSearch(slot, 'shallow land'))
})

test('a slot that no layer names has no effect', () => {
  assert.ok(!hasEffect({ layers: [] }))
  assert.ok(hasEffect({ layers: ['s57_depare'] }))
})
