// `npm run glyphs` draws the glyph files of assets/glyphs from Noto Sans: signed distance fields for MapLibre, 256 characters a file.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { FONT_STACKS } from './glyphs/font-stacks.ts'
import { glyphPainter } from './glyphs/glyph-painter.ts'
import { glyphRanges } from './glyphs/glyph-ranges.ts'

const root = path.resolve(import.meta.dirname, '..', 'assets', 'glyphs')
let total = 0
for (const stack of FONT_STACKS) {
  const folder = path.join(root, stack.name)
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  const painter = glyphPainter(stack)
  let files = 0
  for (const { range, file } of glyphRanges(stack.name, painter)) {
    writeFileSync(path.join(folder, `${range}.pbf`), file)
    total += file.length
    files++
  }
  console.log(`glyphs: ${stack.name}, ${painter.codePoints.length} characters in ${files} files`)
}
console.log(`glyphs: ${(total / 1e6).toFixed(1)} MB in all`)
