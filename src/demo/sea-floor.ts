import type { Position } from '#s57/geometry.ts'
import type { Box } from './height-grid.ts'
import { createRandom } from './noise.ts'
import { heightAt, type Place, toDegrees, toPlace } from './relief.ts'
import { COASTAL, HARBOUR, pointObject, type SceneObject } from './scene-object.ts'

/** Tenths of a metre are charted down to this depth. */
const TENTHS_DOWN_TO = 31

/** Rocks, wrecks, obstructions and the nature of the bottom. */
export function dangers(): SceneObject[] {
  return [...rocks(), ...wrecks(), ...bottomSamples()]
}

/** Returns soundings of a box, about `spacing` kilometres apart: [longitude, latitude, depth in metres], in groups of at most 80. */
export function soundings(box: Box, spacing: number, seed: number): Position[][] {
  const [west, south] = toPlace(box[0], box[1])
  const [east, north] = toPlace(box[2], box[3])
  const found: Position[] = []
  for (const [place, height] of scatter([west, south, east, north], spacing, seed)) {
    if (height < -0.4) found.push([...toDegrees(place), charted(-height)])
  }
  return Array.from({ length: Math.ceil(found.length / 80) }, (_, i) => found.slice(i * 80, i * 80 + 80))
}

/** Rounds a depth as a chart states it. */
function charted(depth: number): number {
  return depth < TENTHS_DOWN_TO ? Math.floor(depth * 10) / 10 : Math.floor(depth)
}

/** Returns one place in each square of a lattice, off its middle and away from the rim, with the height of the ground. */
function scatter(
  [west, south, east, north]: readonly [number, number, number, number],
  spacing: number,
  seed: number,
): [Place, number][] {
  const random = createRandom(seed)
  const result: [Place, number][] = []
  for (let y = south + spacing * 0.4; y < north - spacing * 0.3; y += spacing) {
    for (let x = west + spacing * 0.4; x < east - spacing * 0.3; x += spacing) {
      const place: Place = [x + (random() - 0.5) * spacing * 0.6, y + (random() - 0.5) * spacing * 0.6]
      result.push([place, heightAt(place)])
    }
  }
  return result
}

const WATERS = [-26, -22, 26, 22] as const
const HARBOUR_WATERS = [0.5, -15, 12.6, -2.8] as const

function rocks(): SceneObject[] {
  const inHarbour = scatter(HARBOUR_WATERS, 0.3, 4711).map((found) => [...found, HARBOUR] as const)
  const allAround = scatter(WATERS, 0.9, 4712).map((found) => [...found, COASTAL] as const)
  return [...inHarbour, ...allAround].flatMap(([place, height, upTo]) => {
    if (height > 0.6 || height < -4.5) return []
    const level = height > 0 ? 4 : height > -0.4 ? 5 : 3
    return [
      pointObject('UWTROC', place, upTo, {
        VALSOU: -Math.round(height * 10) / 10,
        WATLEV: level,
        SCAMIN: upTo === HARBOUR ? 44_999 : 179_999,
      }),
    ]
  })
}

function wrecks(): SceneObject[] {
  const known: [at: Place, name: string][] = [
    [[9.6, -12.6], 'Alder'],
    [[7.3, -13.4], ''],
    [[12.3, -11.2], 'Bonny Jean'],
    [[15.8, -12.9], ''],
    [[-22, -8], 'Constance'],
    [[-9, 21], ''],
    [[21, 14], 'Dunlin'],
  ]
  const charts = known.map(([at, name], i) => {
    const depth = Math.max(0.3, -heightAt(at) - 3 - (i % 3) * 2)
    const attributes = { CATWRK: depth < 20 ? 2 : 1, VALSOU: charted(depth), WATLEV: 3 }
    return pointObject('WRECKS', at, COASTAL, name === '' ? attributes : { ...attributes, OBJNAM: name })
  })
  const hulk = pointObject('WRECKS', [6.1, -12.2], COASTAL, { CATWRK: 4, WATLEV: 1, OBJNAM: 'Harrier' })
  const obstructions: [at: Place, category: number][] = [
    [[5.4, -6.1], 6],
    [[8.6, -9.3], 1],
    [[11.9, -12.2], 7],
    [[22, -10], 5],
  ]
  return [
    ...charts,
    hulk,
    ...obstructions.map(([at, category]) => {
      const depth = charted(Math.max(0.5, -heightAt(at) - 1))
      return pointObject('OBSTRN', at, COASTAL, { CATOBS: category, VALSOU: depth, WATLEV: 3 })
    }),
  ]
}

function bottomSamples(): SceneObject[] {
  const near = scatter(HARBOUR_WATERS, 1.1, 815).map((found) => [...found, HARBOUR] as const)
  const far = scatter(WATERS, 5, 816).map((found) => [...found, COASTAL] as const)
  return [...near, ...far].flatMap(([place, height, upTo]) => {
    if (height > -2) return []
    const nature = height > -6 ? '4' : height > -12 ? '1,4' : height > -25 ? '4,17' : '1'
    return [pointObject('SBDARE', place, upTo, { NATSUR: nature, SCAMIN: upTo === HARBOUR ? 44_999 : 259_999 })]
  })
}
