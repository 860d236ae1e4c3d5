import assert from 'node:assert/strict'
import { test } from 'node:test'
import { placeTexts } from './place-texts.ts'
import { LABEL_REACH, shapeText } from './shape-text.ts'
import type { SymbolItem } from './symbol-item.ts'

const style = { font: 'Noto Sans Regular', size: 12, anchor: 'center', offset: [0, 0] as const, maxWidth: 40 }

function label(x: number, layer: number, { isFree = false, turn = 0 } = {}): SymbolItem {
  const shape = shapeText('Savannah River', style)
  const text = {
    shape,
    color: 'rgba(0,0,0,1)',
    haloColor: 'rgba(255,255,255,1)',
    haloWidth: 1,
    opacity: 1,
    padding: 2,
    followsLine: false,
    isFree,
  }
  return { layer, x, y: 0, sortKey: 0, name: '', turn, icon: null, text }
}

test('a text gives way to an overlapping one of a higher layer, but not to one that gives way itself', () => {
  const [low, middle, high] = [label(0, 1), label(60, 2), label(120, 3)]
  const isShown = placeTexts([low, middle, high])
  assert.deepEqual([low, middle, high].map(isShown), [true, false, true])
})

test('of two texts of one layer, the one whose turn comes first is drawn, wherever it stands', () => {
  const [west, east] = [label(0, 1, { turn: 2 }), label(40, 1, { turn: 1 })]
  const isShown = placeTexts([west, east])
  assert.deepEqual([west, east].map(isShown), [false, true])
})

test('a text that may overlap is always drawn and hides no other', () => {
  const [plain, free] = [label(0, 1), label(10, 2, { isFree: true })]
  const isShown = placeTexts([plain, free])
  assert.deepEqual([plain, free].map(isShown), [true, true])
})

test('a long text is broken into lines that stay within the reach of labels', () => {
  const shape = shapeText(
    'Caution: submarine cables lie in this area and anchoring is prohibited at all times of the year. '.repeat(2),
    {
      ...style,
      anchor: 'left',
    },
  )
  assert.ok(shape.right <= LABEL_REACH, `${shape.right}`)
  assert.ok(new Set(shape.glyphs.map(({ y }) => y)).size > 2)
})
