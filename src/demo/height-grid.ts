import type { Position } from '#s57/geometry.ts'
import { pairs } from './pairs.ts'
import { heightAt, toPlace } from './relief.ts'

/** West, south, east, north in degrees. */
export type Box = readonly [west: number, south: number, east: number, north: number]

/** Heights at the corners of a regular grid, row by row from the south-west. */
export interface HeightGrid {
  box: Box
  columns: number
  rows: number
  heights: Float64Array
  position(corner: number): Position
}

/** Samples the relief over a box. No corner gets a height of `levels` exactly, so contours never touch a corner. */
export function sampleHeights(box: Box, columns: number, rows: number, levels: readonly number[]): HeightGrid {
  const [west, south, east, north] = box
  const position = (corner: number): Position => {
    const column = corner % columns
    const row = (corner - column) / columns
    return [west + ((east - west) * column) / (columns - 1), south + ((north - south) * row) / (rows - 1)]
  }
  const heights = new Float64Array(columns * rows)
  for (let corner = 0; corner < heights.length; corner++) {
    const [longitude = 0, latitude = 0] = position(corner)
    let height = heightAt(toPlace(longitude, latitude))
    for (const level of levels) if (Math.abs(height - level) < 1e-3) height = level + 1e-3
    heights[corner] = height
  }
  return { box, columns, rows, heights, position }
}

/** A corner of the grid by its number, with its height. */
export interface Corner {
  vertex: number
  height: number
}

/** Returns the squares of the grid, row by row, each as its corners counter-clockwise from the south-west. */
export function gridSquares({ heights, columns }: HeightGrid): [Corner, Corner, Corner, Corner][] {
  const corners = Array.from(heights, (height, vertex): Corner => ({ vertex, height }))
  const rows = Array.from({ length: corners.length / columns }, (_, row) => corners.slice(row * columns, (row + 1) * columns))
  return pairs(rows).flatMap(([south, north]) => {
    const norths = pairs(north)
    return pairs(south).flatMap(([a, b], column) => {
      const above = norths[column]
      return above === undefined ? [] : [[a, b, above[1], above[0]] as [Corner, Corner, Corner, Corner]]
    })
  })
}
