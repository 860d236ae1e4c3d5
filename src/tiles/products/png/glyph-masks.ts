import { GLYPH_BORDER, type Glyph } from './glyph-fonts.ts'
import type { Mask, MaskSheets } from './mask-sheets.ts'
import { roundSteadily } from './round-steadily.ts'

// As MapLibre's shaders for distance fields: https://github.com/maplibre/maplibre-gl-js (symbol_sdf).
const EDGE = 0.75
const EDGE_GAMMA = 0.105
const FIELD_PIXELS = 8
const HALO_EDGE = 6

/** Positions within a device pixel that are told apart in each direction. */
const PHASES = 4

export interface MaskOptions {
  font: string
  /** Device pixels per pixel of the glyph file. */
  scale: number
  color: string
  /** Pixels of the style; 0 for the glyph itself. */
  halo: number
  /** Device pixels per pixel of the style. */
  ratio: number
}

/** A glyph as pixels of a colour, and the device pixel of its north-west corner. */
export interface PlacedMask {
  mask: Mask
  x: number
  y: number
  /** Radians clockwise around `x` and `y`, which may then lie between pixels; 0 for upright text. */
  angle: number
}

/**
 * Finds the picture of a glyph in the sheets, or adds it, and where it goes.
 *
 * @param x @param y device pixel of the north-west corner of the glyph's field.
 */
export function glyphMask(sheets: MaskSheets, glyph: Glyph, x: number, y: number, options: MaskOptions): PlacedMask {
  const steps = [roundSteadily(x * PHASES), roundSteadily(y * PHASES)] as const
  const [left, top] = [Math.floor(steps[0] / PHASES), Math.floor(steps[1] / PHASES)]
  const [dx, dy] = [steps[0] - left * PHASES, steps[1] - top * PHASES]
  const { font, scale, color, halo, ratio } = options
  const key = `${font} ${glyph.id} ${scale} ${color} ${halo} ${ratio} ${dx} ${dy}`
  const mask = sheets.find(key) ?? sheets.add(key, drawMask(glyph, dx / PHASES, dy / PHASES, options))
  return { mask, x: left, y: top, angle: 0 }
}

function drawMask(glyph: Glyph, dx: number, dy: number, { scale, color, halo, ratio }: MaskOptions) {
  const field = {
    data: glyph.bitmap ?? new Uint8Array(),
    width: glyph.width + 2 * GLYPH_BORDER,
    height: glyph.height + 2 * GLYPH_BORDER,
  }
  const width = Math.ceil(field.width * scale + dx) + 1
  const height = Math.ceil(field.height * scale + dy) + 1
  // Font scale in pixels of the style: what MapLibre calls fontScale.
  const fontScale = scale / ratio
  const gamma = EDGE_GAMMA / ratio / fontScale
  const edge = halo === 0 ? EDGE : (HALO_EDGE - halo / fontScale) / FIELD_PIXELS
  const pixels = new Uint8ClampedArray(4 * width * height)
  const [red, green, blue, alpha] = channels(color)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const distance = sample(field, (x + 0.5 - dx) / scale, (y + 0.5 - dy) / scale)
      const step = Math.min(1, Math.max(0, (distance - edge + gamma) / (2 * gamma)))
      const at = 4 * (y * width + x)
      pixels[at] = red
      pixels[at + 1] = green
      pixels[at + 2] = blue
      pixels[at + 3] = Math.round(255 * alpha * step * step * (3 - 2 * step))
    }
  }
  return { pixels, width, height }
}

/** Bilinear sample of a distance field, 0 to 1; 0 beyond it. */
function sample({ data, width, height }: { data: Uint8Array; width: number; height: number }, x: number, y: number): number {
  const [left, top] = [Math.floor(x - 0.5), Math.floor(y - 0.5)]
  const [fx, fy] = [x - 0.5 - left, y - 0.5 - top]
  const at = (column: number, row: number) =>
    column < 0 || row < 0 || column >= width || row >= height ? 0 : data[row * width + column]! / 255
  const upper = at(left, top) * (1 - fx) + at(left + 1, top) * fx
  const lower = at(left, top + 1) * (1 - fx) + at(left + 1, top + 1) * fx
  return upper * (1 - fy) + lower * fy
}

/** Red, green and blue from 0 to 255 and alpha from 0 to 1 of `rgba(1,2,3,0.5)`, as the style library writes colours. */
function channels(color: string): [number, number, number, number] {
  const [red = 0, green = 0, blue = 0, alpha = 1] = [...color.matchAll(/[\d.]+(?:e-?\d+)?/g)].map(([number]) => Number(number))
  return [red, green, blue, alpha]
}
