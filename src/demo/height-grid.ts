import type { Position } from '#s57/geometry.ts'
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

/** Samples the relief over a box. `levels` are heights that no corner may have exactly, so that contours never touch a corner. */
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
