import assert from 'node:assert/strict'
import { test } from 'node:test'
import { variationWords } from '#s57/words/variation-words.ts'
import { evaluate } from '#test/evaluate-expression.ts'
import { variationText } from './variation-expression.ts'

const text = (degrees: number) => evaluate(variationText('VALMAG'), { VALMAG: degrees }, 'string')

test('a variation on the map has degrees, minutes and the side', () => {
  assert.equal(text(-8.5), "8°30'W")
  assert.equal(text(6.05), "6°03'E")
  assert.equal(text(0), "0°00'")
})

test('a variation that rounds to a whole degree has no sixty minutes', () => {
  assert.equal(text(11.9999), "12°00'E")
})

test('the map and the sentences write a variation alike', () => {
  for (let minutes = -10_800; minutes <= 10_800; minutes += 7) assert.equal(text(minutes / 60), variationWords(minutes / 60))
})
