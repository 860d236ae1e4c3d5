import assert from 'node:assert/strict'
import { test } from 'node:test'
import { DEFAULT_DISPLAY } from './map-view.ts'
import { readRemembered, writeRemembered } from './remembered.ts'

test('the display of the map is remembered, and damaged memories are the usual map', () => {
  let kept: string | null = null
  const storage = {
    getItem: () => kept,
    setItem: (_key: string, value: string) => {
      kept = value
    },
  }
  assert.deepEqual(readRemembered(storage), { display: DEFAULT_DISPLAY, nightScheme: true })
  const display = { ...DEFAULT_DISPLAY, theme: 'night' as const, depth: 5.5, hidden: ['names' as const], outlines: true }
  writeRemembered(storage, { display, nightScheme: false })
  assert.deepEqual(readRemembered(storage), { display, nightScheme: false })
  kept = '{"theme":"pink","depth":-4}'
  assert.deepEqual(readRemembered(storage).display, DEFAULT_DISPLAY)
  kept = '['
  assert.deepEqual(readRemembered(storage).display, DEFAULT_DISPLAY)
})
