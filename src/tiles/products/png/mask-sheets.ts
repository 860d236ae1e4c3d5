import { type Canvas, createCanvas, ImageData } from '@napi-rs/canvas'

/** A small picture on a sheet, in device pixels. */
export interface Mask {
  canvas: Canvas
  x: number
  y: number
  width: number
  height: number
}

/** Pixels of a picture: red, green, blue, alpha. */
export interface MaskPixels {
  pixels: Uint8ClampedArray
  width: number
  height: number
}

/**
 * Small pictures side by side on large canvases. A canvas of its own for each would take 20 kB however small it is, and keep them long
 * after its last use.
 */
export interface MaskSheets {
  find(key: string): Mask | undefined
  /** @throws Error for a picture larger than a sheet. */
  add(key: string, picture: MaskPixels): Mask
  /** Forgets all masks when they fill more than the budget. Call it while no mask is in use. */
  trim(): void
}

/** Pixels between pictures, so that one drawn at an angle shows nothing of the next. */
const GAP = 1
/** Pixels across a sheet, which takes 4 MB. */
const SIDE = 1024

interface Sheet {
  canvas: Canvas
  /** The row of pictures that is being filled. */
  x: number
  y: number
  height: number
}

/** @param mostSheets that outlive `trim`; between two calls there may be more. */
export function createMaskSheets(mostSheets: number): MaskSheets {
  const masks = new Map<string, Mask>()
  const sheets: Sheet[] = []
  /** Index of the sheet that is being filled. */
  let filling = 0

  function room(width: number, height: number): Sheet {
    if (width > SIDE || height > SIDE) throw new Error(`a picture of ${width} by ${height} pixels is larger than a sheet`)
    for (; ; filling++) {
      sheets[filling] ??= { canvas: createCanvas(SIDE, SIDE), x: 0, y: 0, height: 0 }
      const sheet = sheets[filling]!
      if (sheet.x + width > SIDE) Object.assign(sheet, { x: 0, y: sheet.y + sheet.height, height: 0 })
      if (sheet.y + height <= SIDE) return sheet
    }
  }

  return {
    find: (key) => masks.get(key),
    add(key, { pixels, width, height }) {
      const sheet = room(width, height)
      const mask = { canvas: sheet.canvas, x: sheet.x, y: sheet.y, width, height }
      sheet.canvas.getContext('2d').putImageData(new ImageData(pixels, width, height), mask.x, mask.y)
      sheet.x += width + GAP
      sheet.height = Math.max(sheet.height, height + GAP)
      masks.set(key, mask)
      return mask
    },
    trim() {
      if (filling < mostSheets) return
      masks.clear()
      sheets.length = Math.min(sheets.length, mostSheets)
      for (const sheet of sheets) {
        sheet.canvas.getContext('2d').reset()
        Object.assign(sheet, { x: 0, y: 0, height: 0 })
      }
      filling = 0
    },
  }
}
