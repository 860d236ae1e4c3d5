import type { AttributeSpec } from '#s57/writer/cell-spec.ts'
import { pairs } from './pairs.ts'
import { FAIRWAY, FAIRWAY_BEND, FAIRWAY_ENTRANCE, HARBOUR_HEAD, LAST_BEND, type Place, SHOAL } from './relief.ts'
import {
  areaObject,
  COASTAL,
  HARBOUR,
  lineObject,
  OVERVIEW,
  pointObject,
  type SceneObject,
  walkToHeight,
} from './scene-object.ts'

// Buoys, lights and the channel, by the rules of IALA region A. Codes are those of the S-57 object catalogue, chapter 2.

const WHITE = '1'
const RED = '3'
const GREEN = '4'
const YELLOW = '6'
const BLACK = '2'

/** Buoys, beacons, lights, leading line and channel. */
export function seaMarks(): SceneObject[] {
  return [...channel(), ...lateralBuoys(), ...cardinalBuoys(), ...lighthouse(), ...leadingLights(), ...otherBuoys()]
}

function channel(): SceneObject[] {
  const side = (offset: number) => FAIRWAY.slice(1).map((corner, i) => besideFairway(corner, i + 1, offset))
  return [
    areaObject('FAIRWY', [...side(0.16), ...side(-0.16).toReversed()], COASTAL, {
      OBJNAM: 'Quillon Channel',
      DRVAL1: 6.5,
      TRAFIC: 4,
    }),
    lineObject('RECTRC', FAIRWAY.slice(0, -1), COASTAL, { CATTRK: 2, TRAFIC: 4 }),
  ]
}

/** Returns the place `offset` kilometres to the left of corner number `index` of the fairway. */
function besideFairway(corner: Place, index: number, offset: number): Place {
  const [x, y] = corner
  const before = FAIRWAY[index - 1] ?? corner
  const after = FAIRWAY[index + 1] ?? corner
  const [dx, dy] = [after[0] - before[0], after[1] - before[1]]
  const length = Math.hypot(dx, dy)
  return [x - (dy / length) * offset, y + (dx / length) * offset]
}

/** Pairs of buoys along the fairway from the sea inwards: red cans to port with even numbers, green cones to starboard. */
function lateralBuoys(): SceneObject[] {
  const result: SceneObject[] = []
  let number = 0
  let behind = 2
  for (const [i, [[ax, ay], [bx, by]]] of pairs(FAIRWAY).entries()) {
    const length = Math.hypot(bx - ax, by - ay)
    for (; behind < length; behind += 1.25) {
      const t = behind / length
      const narrow = i < 2 ? 0.32 : 0.2
      number += 2
      for (const port of [true, false]) {
        const offset = port ? narrow : -narrow
        const at: Place = [ax + (bx - ax) * t - ((by - ay) / length) * offset, ay + (by - ay) * t + ((bx - ax) / length) * offset]
        result.push(...lateralBuoy(at, port, port ? number : number - 1, number))
      }
    }
    behind -= length
  }
  return result
}

function lateralBuoy(at: Place, port: boolean, number: number, pair: number): SceneObject[] {
  const colour = port ? RED : GREEN
  const key = `lateral ${number}`
  const upTo = pair % 4 === 2 ? COASTAL : HARBOUR
  const shape = port ? { BOYSHP: 2, CATLAM: 1 } : { BOYSHP: 1, CATLAM: 2 }
  const marks = [
    {
      ...pointObject('BOYLAT', at, upTo, {
        ...shape,
        COLOUR: colour,
        OBJNAM: `Quillon No ${number}`,
        SCAMIN: upTo === COASTAL ? 179_999 : 59_999,
      }),
      key,
    },
    { ...pointObject('TOPMAR', at, HARBOUR, { TOPSHP: port ? 5 : 1, COLOUR: colour, SCAMIN: 44_999 }), master: key },
  ]
  if (pair % 4 !== 2) return marks
  const light = { COLOUR: colour, LITCHR: 2, SIGGRP: '(1)', SIGPER: pair % 8 === 2 ? 2.5 : 4, VALNMR: 3, SCAMIN: 89_999 }
  return [...marks, { ...pointObject('LIGHTS', at, COASTAL, light), master: key }]
}

function cardinalBuoys(): SceneObject[] {
  const sides: [name: string, category: number, dx: number, dy: number, colours: string, topmark: number, group: string][] = [
    ['North', 1, 0, 1.15, `${BLACK},${YELLOW}`, 13, '()'],
    ['East', 2, 1.15, 0, `${BLACK},${YELLOW},${BLACK}`, 11, '(3)'],
    ['South', 3, 0, -1.15, `${YELLOW},${BLACK}`, 14, '(6)'],
    ['West', 4, -1.15, 0, `${YELLOW},${BLACK},${YELLOW}`, 10, '(9)'],
  ]
  return sides.flatMap(([name, category, dx, dy, colours, topmark, group]): SceneObject[] => {
    const at: Place = [SHOAL[0] + dx, SHOAL[1] + dy]
    const key = `cardinal ${name}`
    const buoy = { BOYSHP: 4, CATCAM: category, COLOUR: colours, COLPAT: 1, OBJNAM: `Tinker Shoal ${name}`, SCAMIN: 259_999 }
    const light = { COLOUR: WHITE, LITCHR: 4, SIGGRP: group, SIGPER: category === 1 ? 1 : category * 5, VALNMR: 5 }
    return [
      { ...pointObject('BOYCAR', at, COASTAL, buoy), key },
      { ...pointObject('TOPMAR', at, COASTAL, { TOPSHP: topmark, COLOUR: BLACK, SCAMIN: 179_999 }), master: key },
      { ...pointObject('LIGHTS', at, COASTAL, light), master: key },
    ]
  })
}

function otherBuoys(): SceneObject[] {
  const colours = { COLOUR: `${RED},${WHITE}`, COLPAT: 2 }
  const special = { BOYSHP: 3, CATSPM: 9, COLOUR: YELLOW, OBJNAM: 'Quillon Data Buoy', SCAMIN: 349_999 }
  return [
    {
      ...pointObject('BOYSAW', FAIRWAY_ENTRANCE, COASTAL, { BOYSHP: 4, ...colours, OBJNAM: 'Quillon Approach', SCAMIN: 349_999 }),
      key: 'safe',
    },
    { ...pointObject('TOPMAR', FAIRWAY_ENTRANCE, COASTAL, { TOPSHP: 3, COLOUR: RED, SCAMIN: 179_999 }), master: 'safe' },
    { ...pointObject('LIGHTS', FAIRWAY_ENTRANCE, COASTAL, { COLOUR: WHITE, LITCHR: 7, SIGPER: 10, VALNMR: 8 }), master: 'safe' },
    { ...pointObject('BOYSPP', [23.5, 9], COASTAL, special), key: 'data' },
    {
      ...pointObject('LIGHTS', [23.5, 9], COASTAL, { COLOUR: YELLOW, LITCHR: 2, SIGGRP: '(5)', SIGPER: 20, VALNMR: 5 }),
      master: 'data',
    },
    pointObject('BOYISD', [8.6, -14.2], HARBOUR, {
      BOYSHP: 5,
      COLOUR: `${BLACK},${RED},${BLACK}`,
      COLPAT: 1,
      OBJNAM: 'The Sexton',
    }),
  ]
}

/** The light on the eastern head of the bay: white over the channel, red to the west of it, green to the east. */
function lighthouse(): SceneObject[] {
  const at = walkToHeight([9.8, -9.4], [0.8, 0.6], 9) ?? [11, -8.4]
  // Sector limits are bearings from seaward, towards the light (S-57 appendix A, SECTR1).
  const bearing = bearingOf(FAIRWAY_BEND, at)
  const limit = (degrees: number) => (bearing + degrees + 360) % 360
  const sectors: [colour: string, from: number, to: number, range: number][] = [
    [GREEN, limit(-55), limit(-6), 9],
    [WHITE, limit(-6), limit(6), 12],
    [RED, limit(6), limit(70), 9],
  ]
  const tower = {
    CATLMK: 17,
    FUNCTN: 33,
    COLOUR: `${WHITE},${RED}`,
    COLPAT: 1,
    CONVIS: 1,
    HEIGHT: 24,
    OBJNAM: 'Quillon Head Lighthouse',
  }
  const shared = { LITCHR: 2, SIGGRP: '(2)', SIGPER: 10, HEIGHT: 31, OBJNAM: 'Quillon Head' }
  const key = 'lighthouse'
  return [
    { ...pointObject('LNDMRK', at, COASTAL, tower), key },
    ...sectors.map(([colour, from, to, range]) => ({
      ...pointObject('LIGHTS', at, COASTAL, { ...shared, COLOUR: colour, SECTR1: from, SECTR2: to, VALNMR: range }),
      master: key,
    })),
    // The main light shines all round; small scales show only this one.
    { ...pointObject('LIGHTS', at, OVERVIEW, { ...shared, COLOUR: WHITE, VALNMR: 21, HEIGHT: 38 }), master: key },
    ...capeLight([-20, -1], [1, 0], 'Cape Lanyard', '(3)', 15),
    ...capeLight([2, 21], [0, -1], 'Northing Point', '(1)', 5),
    ...capeLight([-86, 52], [0.6, 0.8], 'Hermit Isle', '(4)', 20),
  ]
}

function capeLight(from: Place, towards: Place, name: string, group: string, period: number): SceneObject[] {
  const at = walkToHeight(from, towards, 12)
  if (at === null) return []
  const light = { COLOUR: WHITE, LITCHR: 2, SIGGRP: group, SIGPER: period, HEIGHT: 45, VALNMR: 18, OBJNAM: name }
  return [
    { ...pointObject('LNDMRK', at, COASTAL, { CATLMK: 17, FUNCTN: 33, COLOUR: WHITE, CONVIS: 1, OBJNAM: name }), key: name },
    { ...pointObject('LIGHTS', at, OVERVIEW, light), master: name },
  ]
}

/** Two beacons that lead up the last reach. */
function leadingLights(): SceneObject[] {
  const direction: Place = [HARBOUR_HEAD[0] - LAST_BEND[0], HARBOUR_HEAD[1] - LAST_BEND[1]]
  const length = Math.hypot(...direction)
  const front = walkToHeight(HARBOUR_HEAD, direction, 3) ?? HARBOUR_HEAD
  const rear: Place = [front[0] + (direction[0] / length) * 0.6, front[1] + (direction[1] / length) * 0.6]
  const bearing = bearingOf(LAST_BEND, front)
  const beacon = (at: Place, name: string, category: string, attributes: AttributeSpec): SceneObject[] => [
    {
      ...pointObject('BCNSPP', at, HARBOUR, { BCNSHP: 3, CATSPM: 16, COLOUR: `${WHITE},${RED}`, COLPAT: 2, OBJNAM: name }),
      key: name,
    },
    {
      ...pointObject('LIGHTS', at, HARBOUR, { COLOUR: WHITE, CATLIT: category, ORIENT: bearing, VALNMR: 7, ...attributes }),
      master: name,
    },
  ]
  return [
    ...beacon(front, 'Quillon Front', '4,12', { LITCHR: 1, HEIGHT: 11 }),
    ...beacon(rear, 'Quillon Rear', '4,13', { LITCHR: 7, SIGPER: 4, HEIGHT: 24 }),
    lineObject('NAVLNE', [LAST_BEND, rear], HARBOUR, { CATNAV: 3, ORIENT: bearing }),
  ]
}

/** Returns the true bearing from one place to another in whole degrees. */
function bearingOf([ax, ay]: Place, [bx, by]: Place): number {
  return (Math.round((Math.atan2(bx - ax, by - ay) * 180) / Math.PI) + 360) % 360
}
