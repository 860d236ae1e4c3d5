import { readFileSync } from 'node:fs'
import path from 'node:path'
import { type Canvas, createCanvas, Image } from '@napi-rs/canvas'
import type { SymbolColours } from '#portrayal/palette/symbol-colours.ts'
import { drawings, isRecoloured, paintDrawing } from './drawings.ts'

/** An image of the sprite. */
export interface SpriteImage {
  /** The image, cut out. */
  canvas(): Canvas
  /** Pixels of the style, whatever the density of the picture. */
  width: number
  height: number
}

export interface SpriteSheet {
  names: string[]
  /** The image, or null when the sprite lacks it. */
  image(name: string): SpriteImage | null
  /** Frees the decoded sheet, which takes up to 30 MB; images that were cut out remain. Cutting out another one decodes it again. */
  close(): void
}

/** Where an image lies in the picture of the sprite. */
export interface SpriteEntry {
  x: number
  y: number
  width: number
  height: number
  pixelRatio: number
}

/** The folder of the sheets. */
export const SPRITES_FOLDER = path.resolve(import.meta.dirname, '..', '..', '..', '..', 'assets', 'sprites')

/** The sheets that this thread has opened: three themes at two ratios. */
const opened = new Map<string, SpriteSheet>()

/**
 * Opens a sprite of the styles, once per thread.
 *
 * @param theme `day`, `dusk` or `night`.
 * @param ratio device pixels per pixel.
 * @param colours of the symbols; null for those of the theme. A sheet with other colours is opened for each style that has them.
 */
export function openSpriteSheet(theme: string, ratio: 1 | 2, colours: SymbolColours | null = null): SpriteSheet {
  const file = path.join(SPRITES_FOLDER, ratio === 2 ? `${theme}@2x` : theme)
  if (colours !== null) return openSheet(file, colours)
  const key = `${theme} ${ratio}`
  const sheet = opened.get(key) ?? openSheet(file, null)
  opened.set(key, sheet)
  return sheet
}

function openSheet(file: string, colours: SymbolColours | null): SpriteSheet {
  const entries = new Map(Object.entries(JSON.parse(readFileSync(`${file}.json`, 'utf8')) as Record<string, SpriteEntry>))
  const images = new Map<string, SpriteImage>()
  let decoded: Image | null = null

  function cut({ x, y, width, height }: SpriteEntry): Canvas {
    if (decoded === null) {
      decoded = new Image()
      decoded.src = readFileSync(`${file}.png`)
    }
    // Drawn on an intermediate canvas, because a canvas keeps a reference to the pictures that were drawn on it.
    const whole = createCanvas(width, height).getContext('2d')
    whole.drawImage(decoded, x, y, width, height, 0, 0, width, height)
    const canvas = createCanvas(width, height)
    canvas.getContext('2d').putImageData(whole.getImageData(0, 0, width, height), 0, 0)
    whole.reset()
    return canvas
  }

  /** An image that has another colour; null for those that are as in the sheet. */
  function recoloured(name: string, { pixelRatio }: SpriteEntry): Canvas | null {
    const drawing = colours === null ? undefined : drawings().get(name)
    return colours === null || drawing === undefined || !isRecoloured(drawing, colours)
      ? null
      : paintDrawing(drawing, colours, pixelRatio)
  }

  return {
    names: [...entries.keys()],
    image(name) {
      const known = images.get(name)
      if (known !== undefined) return known
      const entry = entries.get(name)
      if (entry === undefined) return null
      let canvas: Canvas | null = null
      const image: SpriteImage = {
        canvas: () => {
          canvas ??= recoloured(name, entry) ?? cut(entry)
          return canvas
        },
        width: entry.width / entry.pixelRatio,
        height: entry.height / entry.pixelRatio,
      }
      images.set(name, image)
      return image
    },
    close() {
      decoded = null
    },
  }
}
