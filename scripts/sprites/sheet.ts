import type { Theme } from '../../src/portrayal/palette/tokens.ts'
import type { Layout } from './layout.ts'
import { type Pixels, renderPicture } from './render-picture.ts'

/** An image of the sprite's JSON, as the MapLibre style specification defines it. */
export interface SpriteImage {
  x: number
  y: number
  width: number
  height: number
  pixelRatio: number
}

/** Renders a sheet. */
export function renderSheet(layout: Layout, theme: Theme, ratio: number): Pixels {
  const width = layout.width * ratio
  const data = new Uint8Array(width * layout.height * ratio * 4)
  for (const { picture, x, y } of layout.places) {
    const image = renderPicture(picture, theme, ratio)
    for (let row = 0; row < image.height; row++) {
      const from = row * image.width * 4
      data.set(image.data.subarray(from, from + image.width * 4), ((y * ratio + row) * width + x * ratio) * 4)
    }
  }
  return { width, height: layout.height * ratio, data }
}

/** Returns the JSON of a sheet, one image a line, by name. */
export function sheetJson(layout: Layout, ratio: number): string {
  const images = layout.places.flatMap(({ picture, names, x, y }) =>
    names.map((name): [string, SpriteImage] => [
      name,
      { x: x * ratio, y: y * ratio, width: picture.width * ratio, height: picture.height * ratio, pixelRatio: ratio },
    ]),
  )
  const lines = images
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, image]) => `${JSON.stringify(name)}:${JSON.stringify(image)}`)
  return `{\n${lines.join(',\n')}\n}\n`
}

/** Returns the JSON of the drawings without their colours, one a line. */
export function drawingsJson(layout: Layout): string {
  const lines = layout.places
    .toSorted((a, b) => ((a.names[0] ?? '') < (b.names[0] ?? '') ? -1 : 1))
    .map(({ names, picture: { width, height, box, body } }) => JSON.stringify({ names, width, height, box, body }))
  return `[\n${lines.join(',\n')}\n]\n`
}
