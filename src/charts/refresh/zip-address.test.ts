import assert from 'node:assert/strict'
import { test } from 'node:test'
import { zipAddress } from './zip-address.ts'

const noaa = 'https://www.charts.noaa.gov/ENCs/ENCProdCat.xml'
const mirror = 'http://mirror.example:8080/some/where/ENCProdCat.xml?day=1'
const file = 'file:///media/stick/noaa/ENCProdCat.xml'

for (const [location, catalogue, expected] of [
  ['https://www.charts.noaa.gov/ENCs/US5SAVCH.zip', noaa, 'https://www.charts.noaa.gov/ENCs/US5SAVCH.zip'],
  ['https://cdn.example/a/US5SAVCH.zip', noaa, 'https://cdn.example/a/US5SAVCH.zip'],
  ['US5SAVCH.zip', noaa, 'https://www.charts.noaa.gov/ENCs/US5SAVCH.zip'],
  ['https://www.charts.noaa.gov/ENCs/US5SAVCH.zip', mirror, 'http://mirror.example:8080/some/where/US5SAVCH.zip'],
  ['https://www.charts.noaa.gov/ENCs/US5SAVCH.zip', file, 'file:///media/stick/noaa/US5SAVCH.zip'],
  ['US5SAVCH.zip', file, 'file:///media/stick/noaa/US5SAVCH.zip'],
  ['../../../etc/passwd', file, 'file:///media/stick/noaa/passwd'],
] as const) {
  test(`${location} of ${catalogue}`, () => {
    assert.equal(zipAddress(location, new URL(catalogue)).href, expected)
  })
}

for (const [location, catalogue] of [
  ['file:///etc/passwd', noaa],
  ['http://', noaa],
  ['https://www.charts.noaa.gov/ENCs/', mirror],
  ['https://www.charts.noaa.gov/%2e%2e%2fpasswd', file],
  ['https://www.charts.noaa.gov/a%5c..%5cb.zip', file],
] as const) {
  test(`${location} of ${catalogue} is refused`, () => {
    assert.throws(() => zipAddress(location, new URL(catalogue)), /is not the address of a zip/)
  })
}
