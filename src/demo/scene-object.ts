import type { Position } from '#s57/geometry.ts'
import type { AttributeSpec } from '#s57/writer/cell-spec.ts'
import { heightAt, type Place, toDegrees } from './relief.ts'

/** An object on the invented coast, as opposed to the ground. */
export interface SceneObject {
  objectClass: string
  attributes: AttributeSpec
  shape:
    | { type: 'point'; at: Position }
    | { type: 'line'; positions: readonly Position[] }
    /** A closed ring. */
    | { type: 'area'; ring: readonly Position[] }
  /** The largest scale denominator of the cells that show it. */
  upTo: number
  /** The smallest one, for an object that larger scales show differently. */
  downTo?: number
  /** The `key` of the object it belongs to: of its buoy or tower for a light or a topmark. */
  master?: string
  key?: string
}

/** Scale denominators of the three kinds of cells, and so values of `upTo`. */
export const HARBOUR = 12_000
export const COASTAL = 90_000
export const OVERVIEW = 700_000

export function pointObject(objectClass: string, at: Place, upTo: number, attributes: AttributeSpec): SceneObject {
  return { objectClass, attributes, shape: { type: 'point', at: toDegrees(at) }, upTo }
}

export function lineObject(objectClass: string, places: readonly Place[], upTo: number, attributes: AttributeSpec): SceneObject {
  return { objectClass, attributes, shape: { type: 'line', positions: places.map(toDegrees) }, upTo }
}

/** @param places without the closing one. */
export function areaObject(objectClass: string, places: readonly Place[], upTo: number, attributes: AttributeSpec): SceneObject {
  return { objectClass, attributes, shape: { type: 'area', ring: [...places, ...places.slice(0, 1)].map(toDegrees) }, upTo }
}

/** Returns the corners of a roughly circular area. @param radius in kilometres, by corner. */
export function around([east, north]: Place, corners: number, radius: (corner: number) => number): Place[] {
  return Array.from({ length: corners }, (_, i): Place => {
    const angle = (2 * Math.PI * i) / corners
    return [east + Math.cos(angle) * radius(i), north + Math.sin(angle) * radius(i)]
  })
}

/** Returns the first place along a direction where the ground passes a height, or null if none within 8 km does. */
export function walkToHeight([east, north]: Place, [dx, dy]: Place, height: number): Place | null {
  const rising = heightAt([east, north]) < height
  const length = Math.hypot(dx, dy)
  for (let step = 0; step < 800; step++) {
    const place: Place = [east + (dx / length) * step * 0.01, north + (dy / length) * step * 0.01]
    if (heightAt(place) >= height === rising) return place
  }
  return null
}
