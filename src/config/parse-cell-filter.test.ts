import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { parseCellFilter } from './parse-cell-filter.ts'

describe('what an entry is shows in its form', () => {
  test('a filter may have names, patterns, states and a box in any order and case', () => {
    assert.deepEqual(parseCellFilter('us5sav*, GA;-81.3,31.7,-80.6,32.3 , US5GA22M,sc'), {
      names: ['US5SAV*', 'US5GA22M'],
      states: ['GA', 'SC'],
      boxes: [[-81.3, 31.7, -80.6, 32.3]],
    })
  })

  test('two letters with a star are a pattern of names, and a star alone matches all cells', () => {
    assert.deepEqual(parseCellFilter('U*,*'), { names: ['U*', '*'], states: [], boxes: [] })
  })

  test('a semicolon or a name separates two boxes', () => {
    const boxes = [
      [1, 2, 3, 4],
      [170, -10, -170, 10],
    ]
    assert.deepEqual(parseCellFilter('1,2,3,4;170,-10,-170,10')?.boxes, boxes)
    assert.deepEqual(parseCellFilter('1,2,3,4,AK,170,-10,-170,10')?.boxes, boxes)
  })

  test('a filter without entries means all cells', () => {
    for (const text of ['', ' ', ';', ' , ; ']) assert.equal(parseCellFilter(text), null)
  })
})

describe('an unclear entry is refused with the reason', () => {
  const cases: [text: string, reason: RegExp][] = [
    ['US5SAVC', /"US5SAVC" is neither/],
    ['Georgia', /"GEORGIA" is neither/],
    ['US5SAV*XYZ', /neither/],
    ['US5SAV?H', /neither/],
    ['../../etc', /neither/],
    ['1,2,3', /four numbers, not 3/],
    ['1,2,GA,3,4', /four numbers, not 2/],
    ['1,2,3,4,5,6,7,8', /not 8; separate two boxes by a semicolon/],
    ['-181,2,3,4', /longitudes are from -180 to 180/],
    ['1,-91,3,4', /latitudes are from -90 to 90/],
    ['1,4,3,2', /south edge must be below/],
    ['5,1,5,2', /no width/],
    ['1e1,2,3,4', /neither/],
  ]
  for (const [text, reason] of cases) {
    test(text, () => assert.throws(() => parseCellFilter(text), reason))
  }
})
