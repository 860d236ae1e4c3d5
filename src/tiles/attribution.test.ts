import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isInvented } from '#charts/sources/invented.ts'
import { AGENCIES } from '#s57/data/agencies.ts'
import { attributionText, datasetAttributions } from './attribution.ts'

const noaa = { name: 'US5GA20M', source: 'noaa' }
const inland = { name: 'U37OH001', source: 'usace' }
const invented = { name: 'XX5DEMOA', source: 'noaa' }
const plain = (html: string) => html.replaceAll(/<[^>]*>/g, '')

test('the attribution names the producers of the charts that are here, and NOAA before the first refresh', () => {
  const land = 'Land: Natural Earth'
  assert.equal(
    plain(attributionText([noaa, inland])),
    `Not official, not for navigation. Charts: NOAA ENC, USACE Inland ENC. ${land}`,
  )
  assert.equal(plain(attributionText([])), `Not official, not for navigation. Charts: NOAA ENC. ${land}`)
})

test('charts of the demo are attributed as invented, alone and beside real ones', () => {
  assert.match(plain(attributionText([invented])), /Charts: Invented demo charts\. Land/)
  assert.match(plain(attributionText([invented, noaa])), /Charts: NOAA ENC, Invented demo charts\. Land/)
  const times = { sourcedAt: 1, processedAt: 2 }
  const [first, ...others] = datasetAttributions([{ ...invented, ...times }])
  assert.equal(first?.id, 'invented')
  assert.match(first?.longDescription ?? '', /must not be used for navigation/)
  assert.deepEqual(
    others.map(({ id }) => id),
    ['basemap'],
  )
})

test('no agency has the token of invented cells', () => {
  assert.ok(AGENCIES.size > 200)
  assert.ok(![...AGENCIES.values()].some(({ token }) => isInvented({ name: `${token}5AAAAA` })))
})
