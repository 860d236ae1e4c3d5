import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hasConditions } from './has-conditions.ts'

test("only catalogues of NOAA's own servers have its conditions", () => {
  assert.ok(hasConditions('https://www.charts.noaa.gov/ENCs/ENCProdCat.xml'))
  assert.ok(!hasConditions('file:///srv/enc/ENCProdCat.xml'))
})
