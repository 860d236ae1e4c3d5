import assert from 'node:assert/strict'
import { test } from 'node:test'
import { descriptionOf, reportsNear } from './near-view.ts'
import type { UserReport } from './report-api.ts'

function reportAt(id: string, latitude: number, longitude: number): UserReport {
  const times = { createdAt: 1, updatedAt: 1, expiredAt: null, deletedAt: null }
  const votes = { upvoteCount: 0, downvoteCount: 0, isOwner: false, externalUserId: null, namespace: 'public' }
  return { id, reportType: 'hazard', latitude, longitude, properties: {}, ...votes, ...times }
}

test('reports in the view and half a view around it are listed by distance, also across the antimeridian', () => {
  const reports = [
    reportAt('far', -17, 175),
    reportAt('edge', -17, -179.7),
    reportAt('near', -17.01, 179.99),
    reportAt('north', -15, 180),
  ]
  const view = { centre: { latitude: -17, longitude: 180 }, halfWidth: 0.25, halfHeight: 0.25 }
  const found = reportsNear(reports, view)
  assert.deepEqual(
    found.map(({ report }) => report.id),
    ['near', 'edge'],
  )
  assert.ok(Math.abs((found[1]?.bearing ?? 0) - 90) < 0.1)
})

test('a description is shown only where it is text', () => {
  assert.equal(descriptionOf({ properties: { description: 'A log adrift' } }), 'A log adrift')
  for (const description of [undefined, 7, { text: 'x' }, '  '])
    assert.equal(descriptionOf({ properties: { description } }), null)
})
