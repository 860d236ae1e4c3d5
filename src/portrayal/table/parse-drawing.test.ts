import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseFill, parseLine, parseSymbols } from './parse-drawing.ts'

test('a fill has a token and an opacity', () => {
  assert.equal(parseFill(''), null)
  assert.deepEqual(parseFill('DEPVS'), { token: 'DEPVS', opacity: 1 })
  assert.deepEqual(parseFill('TRFCF@25%'), { token: 'TRFCF', opacity: 0.25 })
})

test('a line is simple or complex', () => {
  assert.equal(parseLine(''), null)
  assert.deepEqual(parseLine('dot 2 CHBLK'), { kind: 'simple', dash: 'dot', width: 2, token: 'CHBLK' })
  assert.deepEqual(parseLine('lc ACHARE51'), { kind: 'complex', name: 'ACHARE51' })
})

test('symbols may be several, and rotated by an attribute', () => {
  assert.deepEqual(parseSymbols('TSSLPT51@ORIENT + DWRTPT51'), [
    { name: 'TSSLPT51', rotation: { attribute: 'ORIENT', plus: 0 } },
    { name: 'DWRTPT51', rotation: null },
  ])
  assert.deepEqual(parseSymbols('LIGHTS11@ORIENT-180'), [{ name: 'LIGHTS11', rotation: { attribute: 'ORIENT', plus: -180 } }])
})

test('a drawing that breaks the grammar is refused with its words', () => {
  assert.throws(() => parseFill('25%'), /Fill "25%": expected a colour token/)
  assert.throws(() => parseLine('dashed 2 CHMGD'), /Line "dashed 2 CHMGD": expected a style, a width and a token/)
  assert.throws(() => parseSymbols('CURENT01@'), /Symbol "CURENT01@": expected a name/)
})
