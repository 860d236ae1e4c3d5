import { readFileSync } from 'node:fs'
import path from 'node:path'
import { type Canvas, createCanvas, Image } from '@napi-rs/canvas'

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
  /** Lets go of the decoded sheet, which takes up to 30 MB; images that were cut out remain. Another one decodes it again. */
  close(): void
}

interface Entry {
  x: number
  y: number
  width: number
  height: number
  pixelRatio: number
}

const FOLDER = path.resolve(import.meta.dirname, '..', '..', '..', '..', 'assets', 'sprites')

/** The sheets that this thread has opened: three themes at two ratios. */
const opened = new Map<string, SpriteSheet>()

/** Opens a sprite of the styles, once per thread. @param theme `day`, `dusk` or `night`. @param ratio device pixels per pixel. */
export function openSpriteSheet(theme: string, ratio: 1 | 2): SpriteSheet {
  const key = `${theme} ${ratio}`
  const sheet = opened.get(key) ?? openSheet(path.join(FOLDER, ratio === 2 ? `${theme}@2x` : theme))
  opened.set(key, sheet)
  return sheet
}

function openSheet(file: string): SpriteSheet {
  const entries = new Map(Object.entries(JSON.parse(readFileSync(`${file}.json`, 'utf8')) as Record<string, Entry>))
  const images = new Map<string, SpriteImage>()
  let decoded: Image | null = null

  function cut({ x, y, width, height }: Entry): Canvas {
    if (decoded === null) {
      decoded = new Image()
      decoded.src = readFileSync(`${file}.png`)
    }
    // By way of another canvas, because a canvas holds on to the pictures that were drawn on it.
    const whole = createCanvas(width, height).getContext('2d')
    whole.drawImage(decoded, x, y, width, height, 0, 0, width, height)
    const canvas = createCanvas(width, height)
    canvas.getContext('2d').putImageData(whole.getImageData(0, 0, width, height), 0, 0)
    whole.reset()
    return canvas
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
          canvas ??= cut(entry)
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
