import assert from 'node:assert/strict'
import { test } from 'node:test'
import { chooseEncoding, type Encoding } from './choose-encoding.ts'

const BOTH = new Set<Encoding>(['br', 'gzip'])

test('brotli is preferred, then gzip, then the content as it is', () => {
  assert.equal(chooseEncoding('gzip, deflate, br, zstd', BOTH), 'br')
  assert.equal(chooseEncoding('gzip, deflate', BOTH), 'gzip')
  assert.equal(chooseEncoding('deflate, identity', BOTH), null)
  assert.equal(chooseEncoding(undefined, BOTH), null)
  assert.equal(chooseEncoding('*', BOTH), 'br')
})

test('a coding with weight 0 is refused, even where a star accepts the others', () => {
  assert.equal(chooseEncoding('br;q=0, gzip;q=0.5', BOTH), 'gzip')
  assert.equal(chooseEncoding('BR; Q=0, *', BOTH), 'gzip')
  assert.equal(chooseEncoding('*;q=0', BOTH), null)
})

test('a coding that a file does not have is not chosen', () => {
  assert.equal(chooseEncoding('br, gzip', new Set<Encoding>(['gzip'])), 'gzip')
  assert.equal(chooseEncoding('br, gzip', new Set()), null)
})
