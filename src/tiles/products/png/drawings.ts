import { readFileSync } from 'node:fs'
import { type Canvas, createCanvas, Image } from '@napi-rs/canvas'
import type { SymbolColours } from '#portrayal/palette/symbol-colours.ts'
import { DRAWINGS_FILE } from './drawings-file.ts'

/** One drawing of the sprite before it is coloured; images with the same drawing share it. */
export interface Drawing {
  names: readonly string[]
  /** Pixels at pixel ratio 1. */
  width: number
  height: number
  /** The part of the drawing that fills the image: left, top, width and height in millimetres. */
  box: readonly number[]
  /** SVG elements; colours are classes such as `sCHBLK` (stroke) and `fCHRED` (fill). */
  body: string
}

let read: ReadonlyMap<string, Drawing> | null = null

/** The drawings by the names of their images; read once per thread. */
export function drawings(): ReadonlyMap<string, Drawing> {
  read ??= new Map(
    (JSON.parse(readFileSync(DRAWINGS_FILE, 'utf8')) as Drawing[]).flatMap((drawing) =>
      drawing.names.map((name) => [name, drawing] as const),
    ),
  )
  return read
}

/** Whether a drawing has one of the changed colours. */
export const isRecoloured = ({ body }: Drawing, { changed }: SymbolColours): boolean =>
  changed.some((token) => body.includes(`s${token}`) || body.includes(`f${token}`))

const CLASSES = /class="([^"]*)"/g
const DEFAULTS = 'fill="none" stroke-width="0.32" stroke-linecap="round" stroke-linejoin="round"'

/** Draws a drawing in the colours of a palette. @param ratio device pixels per pixel. */
export function paintDrawing({ width, height, box, body }: Drawing, { palette }: SymbolColours, ratio: number): Canvas {
  const [across, down] = [width * ratio, height * ratio]
  // Skia does not read style sheets.
  const coloured = body.replaceAll(CLASSES, (_, classes: string) => classes.split(' ').map(attribute).join(' '))
  function attribute(name: string): string {
    return `${name.startsWith('s') ? 'stroke' : 'fill'}="${palette[name.slice(1)] ?? 'none'}"`
  }
  const image = new Image()
  image.src = Buffer.from(
    `<svg xmlns="http://www.w3.org/2000/svg" width="${across}" height="${down}" viewBox="${box.join(' ')}" preserveAspectRatio="none"><g ${DEFAULTS}>${coloured}</g></svg>`,
  )
  const canvas = createCanvas(across, down)
  canvas.getContext('2d').drawImage(image, 0, 0, across, down)
  return canvas
}
