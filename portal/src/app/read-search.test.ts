import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readMapView } from '../pages/map/map-view.ts'
import { onlyWhatIsRead } from './read-search.ts'

test('a parameter that a page ignores is absent for the router, which would otherwise pass it on', () => {
  const given = { depth: 'abc', theme: 'night', other: '1' }
  const read = { ...given, ...onlyWhatIsRead(readMapView)(given) }
  assert.deepEqual(read, { depth: undefined, theme: 'night', other: undefined })
})
