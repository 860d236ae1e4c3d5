import { readFileSync } from 'node:fs'
import path from 'node:path'
import { type Canvas, createCanvas, Image } from '@napi-rs/canvas'

/** An image of the sprite, cut out. */
export interface SpriteImage {
  canvas: Canvas
  /** Pixels of the style, whatever the density of the picture. */
  width: number
  height: number
}

export interface SpriteSheet {
  names: string[]
  /** The image, or null when the sprite lacks it. */
  image(name: string): SpriteImage | null
}

interface Entry {
  x: number
  y: number
  width: number
  height: number
  pixelRatio: number
}

const FOLDER = path.resolve(import.meta.dirname, '..', '..', '..', '..', 'assets', 'sprites')

/** The sheets that this thread has opened: three themes at two ratios. A decoded sheet takes megabytes, so styles share it. */
const opened = new Map<string, Promise<SpriteSheet>>()

/** Opens a sprite of the styles, once per thread. @param theme `day`, `dusk` or `night`. @param ratio device pixels per pixel. */
export function openSpriteSheet(theme: string, ratio: 1 | 2): Promise<SpriteSheet> {
  const key = `${theme} ${ratio}`
  const sheet = opened.get(key) ?? readSheet(theme, ratio)
  opened.set(key, sheet)
  return sheet
}

async function readSheet(theme: string, ratio: 1 | 2): Promise<SpriteSheet> {
  const file = path.join(FOLDER, ratio === 2 ? `${theme}@2x` : theme)
  const entries = new Map(Object.entries(JSON.parse(readFileSync(`${file}.json`, 'utf8')) as Record<string, Entry>))
  const sheet = new Image()
  sheet.src = readFileSync(`${file}.png`)
  await sheet.decode()
  const cut = new Map<string, SpriteImage>()
  return {
    names: [...entries.keys()],
    image(name) {
      const known = cut.get(name)
      if (known !== undefined) return known
      const entry = entries.get(name)
      if (entry === undefined) return null
      const { x, y, width, height, pixelRatio } = entry
      const canvas = createCanvas(width, height)
      canvas.getContext('2d').drawImage(sheet, x, y, width, height, 0, 0, width, height)
      const image = { canvas, width: width / pixelRatio, height: height / pixelRatio }
      cut.set(name, image)
      return image
    },
  }
}
