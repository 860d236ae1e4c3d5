import potpack from 'potpack'
import type { Picture } from './picture.ts'

/** Where each picture lies in a sheet, in pixels at pixel ratio 1. */
export interface Layout {
  width: number
  height: number
  /** The pictures that are drawn, and their corners; those with the same drawing share a place. */
  places: { picture: Picture; x: number; y: number; names: string[] }[]
}

/** Packs the pictures. The layout depends only on their names and drawings, so all six sheets have the same one. */
export function layOut(pictures: readonly Picture[]): Layout {
  const byDrawing = new Map<string, { w: number; h: number; x?: number; y?: number; picture: Picture; names: string[] }>()
  for (const picture of pictures.toSorted((a, b) => compare(a.name, b.name))) {
    const key = `${picture.width} ${picture.height} ${picture.box.join(' ')} ${picture.body}`
    const same = byDrawing.get(key)
    if (same === undefined) byDrawing.set(key, { w: picture.width, h: picture.height, picture, names: [picture.name] })
    else same.names.push(picture.name)
  }
  const boxes = [...byDrawing.values()]
  const { w, h } = potpack(boxes)
  return { width: w, height: h, places: boxes.map(({ picture, names, x = 0, y = 0 }) => ({ picture, names, x, y })) }
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)
