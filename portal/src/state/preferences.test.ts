import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createPreferences, DEFAULTS } from './preferences.ts'

test('preferences are kept, and unknown or damaged ones read as the defaults', () => {
  let kept: string | null = null
  const storage = {
    getItem: () => kept,
    setItem: (_key: string, value: string) => {
      kept = value
    },
  }
  createPreferences(storage).set({ ...DEFAULTS, scheme: 'night', zone: 'utc' })
  assert.deepEqual(createPreferences(storage).get(), { ...DEFAULTS, scheme: 'night', zone: 'utc' })
  kept = '{"scheme":"pink","letterKeys":"yes","density":"compact"}'
  assert.deepEqual(createPreferences(storage).get(), { ...DEFAULTS, density: 'compact' })
  kept = '{"depthUnit":"feet","heightUnit":"fathoms","distanceUnit":"kilometers","positionFormat":7}'
  assert.deepEqual(createPreferences(storage).get(), { ...DEFAULTS, depthUnit: 'feet', distanceUnit: 'kilometers' })
  kept = '{'
  assert.deepEqual(createPreferences(storage).get(), DEFAULTS)
})
