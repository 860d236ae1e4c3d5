import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { DepthProfile, DepthSample } from './chart-feature.ts'
import { dangerText, depthHere, nothingThere } from './depth-text.ts'
import type { Thing } from './things.ts'

function profile(sample: Partial<DepthSample>, gaps: DepthProfile['gaps'] = []): DepthProfile {
  const whole = {
    distance: 0,
    until: 0,
    position: [0, 0] as [number, number],
    shoalest: null,
    deepest: null,
    unknowns: [],
    source: null,
  }
  return { length: 0, samples: [{ ...whole, ...sample }], dangers: [], gaps, shoalest: null }
}
const source = { cell: 'A', edition: 1, update: 0, scale: 1, quality: 'B (no full search)' }

test('the depth of a place is compared with the safety depth, with the quality of its survey', () => {
  assert.deepEqual(depthHere(profile({ shoalest: 5.4, deepest: 9.1, source }), 3, 'meters'), [
    'Depth here 5.4 to 9.1 m: deeper than your safety depth of 3 m.',
    'Survey quality B (no full search).',
  ])
  assert.deepEqual(depthHere(profile({ shoalest: 2, deepest: 5 }), 3, 'meters'), [
    'Depth here 2 to 5 m: may be shallower than your safety depth of 3 m.',
  ])
  assert.deepEqual(depthHere(profile({ shoalest: 1, deepest: 2 }), 3, 'meters'), [
    'Depth here 1 to 2 m: shallower than your safety depth of 3 m.',
  ])
  assert.deepEqual(depthHere(profile({ unknowns: ['land'] }), 3, 'meters'), ['There is land here.'])
})

test('a danger is compared with the safety depth, and one without a depth is a danger', () => {
  const wreck = (valsou: number | null): Thing => ({
    id: '1',
    kind: 'danger',
    title: '',
    sentences: [],
    notes: [],
    source: null,
    features: [
      {
        id: '1',
        parentCellName: 'A',
        layerId: 'WRECKS',
        layerName: '',
        position: null,
        geometry: { type: 'Point', coordinates: [0, 0] },
        attributes: {},
        rawAttributes: { valsou },
      },
    ],
  })
  assert.equal(dangerText(wreck(4.2), 3, 'meters'), '1.2 m over your safety depth.')
  assert.equal(dangerText(wreck(2.5), 3, 'meters'), '0.5 m short of your safety depth.')
  assert.match(dangerText(wreck(null), 3, 'meters') ?? '', /no depth/)
})

test('a place without objects says what water there is, and how far was looked', () => {
  assert.equal(
    nothingThere(profile({ shoalest: 9.1, deepest: 18.2 }), 30, 'meters'),
    'Water between 9.1 and 18.2 m; nothing else charted within 30 m.',
  )
  assert.equal(nothingThere(profile({}, [{ from: 0, to: 0, reason: 'noChart' }]), 30, 'meters'), 'No chart here.')
})
