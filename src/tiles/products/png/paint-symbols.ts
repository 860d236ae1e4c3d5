import type { SKRSContext2D } from '@napi-rs/canvas'
import { GLYPH_BORDER, GLYPH_EM } from './glyph-fonts.ts'
import { glyphMask } from './glyph-masks.ts'
import { roundSteadily } from './round-steadily.ts'
import type { Surface } from './surface.ts'
import type { SymbolIcon, SymbolItem, SymbolText } from './symbol-item.ts'

/** Paints the symbols of one layer that touch a surface. @param isShown whether a text is drawn. */
export function paintSymbols(surface: Surface, items: readonly SymbolItem[], isShown: (item: SymbolItem) => boolean): void {
  for (const item of items) {
    const [x, y] = [item.x - surface.left, item.y - surface.top]
    if (item.icon !== null) paintIcon(surface, item.icon, x, y)
    if (item.text !== null && touches(surface, item.text, x, y) && isShown(item)) paintText(surface, item.text, x, y)
  }
}

function touches({ size }: Surface, { shape, haloWidth }: SymbolText, x: number, y: number): boolean {
  // Descenders and halos reach a little beyond the box.
  const beyond = haloWidth + shape.size / 2
  return (
    x + shape.right > -beyond && y + shape.bottom > -beyond && x + shape.left < size + beyond && y + shape.top < size + beyond
  )
}

function paintIcon({ context, ratio, size }: Surface, icon: SymbolIcon, x: number, y: number): void {
  const reach = Math.hypot(icon.width, icon.height) / 2 + Math.hypot(...icon.offset)
  if (x < -reach || y < -reach || x > size + reach || y > size + reach) return
  const [dx, dy] = icon.offset
  context.save()
  context.globalAlpha = icon.opacity
  context.translate(x, y)
  if (icon.rotation % 360 !== 0) context.rotate((icon.rotation * Math.PI) / 180)
  else snap(context, x, y, { dx: dx - icon.width / 2, dy: dy - icon.height / 2, ratio })
  context.drawImage(icon.image.canvas, dx - icon.width / 2, dy - icon.height / 2, icon.width, icon.height)
  context.restore()
}

/** Moves an upright picture to whole device pixels: it stays as sharp as it was drawn. */
function snap(context: SKRSContext2D, x: number, y: number, { dx, dy, ratio }: { dx: number; dy: number; ratio: number }): void {
  const off = (position: number) => roundSteadily(position * ratio) / ratio - position
  context.translate(off(x + dx), off(y + dy))
}

/** Paints the halo of all glyphs, then the glyphs. */
function paintText({ context, ratio }: Surface, text: SymbolText, x: number, y: number): void {
  const { shape, color, haloColor, haloWidth, opacity } = text
  const scale = (shape.size / GLYPH_EM) * ratio
  context.save()
  context.resetTransform()
  context.globalAlpha = opacity
  const passes =
    haloWidth > 0
      ? [
          { color: haloColor, halo: haloWidth },
          { color, halo: 0 },
        ]
      : [{ color, halo: 0 }]
  for (const pass of passes) {
    for (const { glyph, x: gx, y: gy } of shape.glyphs) {
      const left = (x + gx) * ratio + (glyph.left - GLYPH_BORDER) * scale
      const top = (y + gy) * ratio - (glyph.top + GLYPH_BORDER) * scale
      const mask = glyphMask(glyph, left, top, { font: shape.font, scale, ratio, ...pass })
      context.drawImage(mask.canvas, mask.x, mask.y)
    }
  }
  context.restore()
}
