import { readFileSync } from 'node:fs'
import path from 'node:path'
import { createCanvas, Image } from '@napi-rs/canvas'
import type { SymbolColours } from '#portrayal/palette/symbol-colours.ts'
import { drawings, isRecoloured, paintDrawing } from './drawings.ts'
import { SPRITES_FOLDER, type SpriteEntry } from './sprite-sheet.ts'

/** The picture of a theme's sprite with other colours, as PNG: every image lies where it lies in that of the theme. */
export function paintSprite(theme: string, ratio: 1 | 2, colours: SymbolColours): Uint8Array {
  const file = path.join(SPRITES_FOLDER, ratio === 2 ? `${theme}@2x` : theme)
  const sheet = new Image()
  sheet.src = readFileSync(`${file}.png`)
  const canvas = createCanvas(sheet.width, sheet.height)
  const context = canvas.getContext('2d')
  context.drawImage(sheet, 0, 0)
  const entries = JSON.parse(readFileSync(`${file}.json`, 'utf8')) as Record<string, SpriteEntry>
  for (const drawing of new Set(drawings().values())) {
    const entry = entries[drawing.names[0] ?? '']
    if (entry === undefined || !isRecoloured(drawing, colours)) continue
    context.clearRect(entry.x, entry.y, entry.width, entry.height)
    context.drawImage(paintDrawing(drawing, colours, ratio), entry.x, entry.y)
  }
  return canvas.toBuffer('image/png')
}
