import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, test } from 'node:test'
import { readGlyphFile } from '#test/glyphs.ts'
import { FONT_STACKS } from '../../scripts/glyphs/font-stacks.ts'
import { glyphPainter } from '../../scripts/glyphs/glyph-painter.ts'
import { glyphRanges } from '../../scripts/glyphs/glyph-ranges.ts'

const root = path.resolve(import.meta.dirname, '..', '..', 'assets', 'glyphs')

for (const stack of FONT_STACKS) {
  const folder = path.join(root, stack.name)
  const files = readdirSync(folder).map((file) => readGlyphFile(path.join(folder, file)))
  const glyphs = new Map(files.flatMap((file) => file.glyphs.map((glyph) => [glyph.id, glyph])))
  const glyphOf = (character: string) => {
    const glyph = glyphs.get(character.codePointAt(0) ?? 0)
    assert.ok(glyph !== undefined, `no glyph for ${character}`)
    return glyph
  }

  describe(`the glyph files of ${stack.name}`, () => {
    test('every file names its stack and holds only glyphs of its range', () => {
      for (const { stack: name, range, glyphs: own } of files) {
        const [first = Number.NaN, last = Number.NaN] = range.split('-').map(Number)
        assert.equal(name, stack.name)
        assert.ok(own.length > 0, `${range} is empty`)
        assert.ok(
          own.every(({ id }) => id >= first && id <= last),
          `${range} holds a glyph of another range`,
        )
      }
    })

    test('every glyph with ink has a bitmap three pixels larger on each side, with something inside the outline', () => {
      for (const { id, bitmap, width, height } of glyphs.values()) {
        if (width === 0) {
          assert.equal(bitmap, null, `U+${id.toString(16)} has no width but a bitmap`)
          continue
        }
        assert.equal(bitmap?.length, (width + 6) * (height + 6), `bitmap of U+${id.toString(16)}`)
        // Thin strokes such as a hairline do not reach the edge value of 191 at this size; nothing drawn at all stays far below.
        assert.ok(Math.max(...(bitmap ?? [])) > 150, `U+${id.toString(16)} is empty`)
      }
    })

    test('letters, digits and signs of charts have ink', () => {
      for (const character of 'AZaz09.,()"\'-+/°′″éßŁĦøÆČőΩψЖщẤờक₀₉')
        assert.notEqual(glyphOf(character).bitmap, null, `${character} is empty`)
    })

    test('all digits have one advance', () => {
      const advances = new Set([...'0123456789'].map((digit) => glyphOf(digit).advance))
      assert.equal(advances.size, 1)
    })

    test('lowered digits are 78 % of the size of digits, and hang a third of their height below the line', () => {
      for (let digit = 0; digit < 10; digit++) {
        const plain = glyphOf(String(digit))
        const lowered = glyphOf(String.fromCodePoint(0x2080 + digit))
        assert.ok(Math.abs(lowered.advance - plain.advance * 0.78) <= 1, `advance of ${digit}`)
        assert.ok(Math.abs(lowered.height - plain.height * 0.78) <= 1, `height of ${digit}`)
        const foot = ({ top, height }: typeof plain) => top - height
        assert.ok(Math.abs(foot(plain) - foot(lowered) - plain.height / 3) <= 1, `foot of ${digit}`)
      }
    })

    // Other systems rasterize fonts with other libraries, so their pixels differ.
    test('the committed files are those that the fonts give now', { skip: process.platform !== 'linux' }, () => {
      const fresh = [...glyphRanges(stack.name, glyphPainter(stack))]
      assert.deepEqual(fresh.map(({ range }) => `${range}.pbf`).toSorted(), readdirSync(folder).toSorted())
      for (const { range, file } of fresh)
        assert.ok(
          readFileSync(path.join(folder, `${range}.pbf`)).equals(file),
          `${stack.name} ${range} is out of date: npm run glyphs`,
        )
    })
  })
}
