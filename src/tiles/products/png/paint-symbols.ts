import type { SKRSContext2D } from '@napi-rs/canvas'
import type { PlacedMask } from './glyph-masks.ts'
import { roundSteadily } from './round-steadily.ts'
import type { Surface } from './surface.ts'
import type { SymbolIcon, SymbolItem, SymbolText } from './symbol-item.ts'

/** The glyphs of the texts that are drawn. */
export type PlacedTexts = ReadonlyMap<SymbolItem, readonly PlacedMask[]>

/** Paints the symbols of one layer that touch a surface. */
export function paintSymbols(surface: Surface, items: readonly SymbolItem[], texts: PlacedTexts): void {
  const { left, top, size } = surface
  for (const item of items) {
    const glyphs = texts.get(item)
    if (item.icon !== null && (item.icon.isFree || glyphs !== undefined)) {
      paintIcon(surface, item.icon, item.x - left, item.y - top)
    }
    if (item.text === null || glyphs === undefined) continue
    if (touches({ left, top, right: left + size, bottom: top + size }, item.text, item)) paintText(surface, item.text, glyphs)
  }
}

interface Box {
  left: number
  top: number
  right: number
  bottom: number
}

/** Whether a text, or the icon around it, touches a box, in pixels of the world. */
export function touches(box: Box, { shape, haloWidth }: SymbolText, { x, y, icon }: SymbolItem): boolean {
  // Descenders and halos reach a little beyond the shape.
  const beyond = haloWidth + shape.size / 2 + (icon === null ? 0 : icon.height / 2)
  return (
    x + shape.right + beyond > box.left &&
    y + shape.bottom + beyond > box.top &&
    x + shape.left - beyond < box.right &&
    y + shape.top - beyond < box.bottom
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
  context.drawImage(icon.image.canvas(), dx - icon.width / 2, dy - icon.height / 2, icon.width, icon.height)
  context.restore()
}

/** Moves an upright picture to whole device pixels: it stays as sharp as it was drawn. */
function snap(context: SKRSContext2D, x: number, y: number, { dx, dy, ratio }: { dx: number; dy: number; ratio: number }): void {
  const off = (position: number) => roundSteadily(position * ratio) / ratio - position
  context.translate(off(x + dx), off(y + dy))
}

function paintText({ context, ratio, left, top }: Surface, { opacity }: SymbolText, glyphs: readonly PlacedMask[]): void {
  context.save()
  context.resetTransform()
  context.imageSmoothingEnabled = false
  context.globalAlpha = opacity
  for (const { mask, x, y, angle } of glyphs) {
    const { canvas, width, height } = mask
    if (angle !== 0) {
      context.save()
      context.imageSmoothingEnabled = true
      context.translate(x - left * ratio, y - top * ratio)
      context.rotate(angle)
      context.drawImage(canvas, mask.x, mask.y, width, height, 0, 0, width, height)
      context.restore()
      continue
    }
    context.drawImage(canvas, mask.x, mask.y, width, height, x - left * ratio, y - top * ratio, width, height)
  }
  context.restore()
}
