import { GLYPH_BORDER, GLYPH_EM } from './glyph-fonts.ts'
import { glyphMask, type PlacedMask } from './glyph-masks.ts'
import { createMaskSheets } from './mask-sheets.ts'
import type { SymbolText } from './symbol-item.ts'

/** Of this thread. All glyphs of a chart in one theme and ratio fit on one. */
const sheets = createMaskSheets(2)

/** Makes room for the glyphs of another scene. Those of scenes before it can no longer be painted. */
export const forgetOldGlyphs = (): void => sheets.trim()

/**
 * The halo of all glyphs of a text, then the glyphs.
 *
 * @param x @param y anchor in pixels of the world.
 * @returns masks in device pixels of the world.
 */
export function placeGlyphs(text: SymbolText, x: number, y: number, ratio: number): PlacedMask[] {
  const { shape, color, haloColor, haloWidth } = text
  const scale = (shape.size / GLYPH_EM) * ratio
  const passes = [...(haloWidth > 0 ? [{ color: haloColor, halo: haloWidth }] : []), { color, halo: 0 }]
  return passes.flatMap((pass) =>
    shape.glyphs.map(({ glyph, x: right, y: down, angle }) => {
      if (angle !== undefined) {
        const [cos, sin] = [Math.cos(angle), Math.sin(angle)]
        const [dx, dy] = [(glyph.left - GLYPH_BORDER) * scale, -(glyph.top + GLYPH_BORDER) * scale]
        const { mask } = glyphMask(sheets, glyph, 0, 0, { font: shape.font, scale, ratio, ...pass })
        return { mask, x: (x + right) * ratio + dx * cos - dy * sin, y: (y + down) * ratio + dx * sin + dy * cos, angle }
      }
      const left = (x + right) * ratio + (glyph.left - GLYPH_BORDER) * scale
      const top = (y + down) * ratio - (glyph.top + GLYPH_BORDER) * scale
      return glyphMask(sheets, glyph, left, top, { font: shape.font, scale, ratio, ...pass })
    }),
  )
}
