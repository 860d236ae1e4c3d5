import assert from 'node:assert/strict'
import { test } from 'node:test'
import { highlighted } from './highlight.ts'

test('found places are marked in any case, and the text stays whole', () => {
  const pieces = highlighted('US5A and us5a', 'us5A')
  assert.deepEqual(
    pieces.map((piece) => [piece.text, piece.found]),
    [
      ['US5A', true],
      [' and ', false],
      ['us5a', true],
    ],
  )
  for (const text of ['', 'aaaa', 'İstanbul', '<b>a</b>']) {
    assert.equal(
      highlighted(text, 'a')
        .map((piece) => piece.text)
        .join(''),
      text,
    )
  }
})
