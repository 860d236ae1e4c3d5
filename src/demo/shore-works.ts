import { createRandom } from './noise.ts'
import { FAIRWAY, heightAt, type Place } from './relief.ts'
import {
  areaObject,
  around,
  COASTAL,
  HARBOUR,
  lineObject,
  OVERVIEW,
  pointObject,
  type SceneObject,
  walkToHeight,
} from './scene-object.ts'

/** Towns, quays, names, restricted and traffic areas. */
export function shoreWorks(): SceneObject[] {
  return [
    ...town('Port Quillon', [4.6, -6], [0.25, 1], 0.55, 4),
    ...town('Netherby', [8.7, -8.2], [0.5, 1], 0.35, 3),
    ...town('Saltwick', [-20, -4], [1, 0.1], 0.6, 4),
    ...town('Northhaven', [6, 20], [0, -1], 0.5, 3),
    ...names(),
    ...areas(),
  ]
}

/** A town with a quay, a church and roads, on the shore that the way from a place in the water inland first meets. */
function town(name: string, water: Place, inland: Place, size: number, category: number): SceneObject[] {
  const shore = walkToHeight(water, inland, 1.5)
  if (shore === null) return []
  const length = Math.hypot(...inland)
  const [dx, dy] = [inland[0] / length, inland[1] / length]
  const from = (along: number, across: number): Place => [
    shore[0] + dx * along - dy * across,
    shore[1] + dy * along + dx * across,
  ]
  const random = createRandom(name.length * 7919 + category)
  const middle = from(size + 0.12, 0)
  const edge = around(middle, 14, () => size * (0.75 + random() * 0.3)).map((place) => pullAshore(place, middle))
  const buildings = Array.from({ length: 10 }, () => from(0.15 + random() * size * 1.2, (random() - 0.5) * size)).filter(
    (place) => heightAt(place) > 3,
  )
  return [
    areaObject('BUAARE', edge, COASTAL, { CATBUA: category, OBJNAM: name }),
    { ...pointObject('BUAARE', middle, OVERVIEW, { CATBUA: category, OBJNAM: name, SCAMIN: 1_499_999 }), downTo: OVERVIEW },
    ...buildings.map((place) => pointObject('BUISGL', place, HARBOUR, { SCAMIN: 29_999 })),
    pointObject('BUISGL', from(0.35, 0.1), COASTAL, { FUNCTN: 20, CONVIS: 1, OBJNAM: `${name} Church`, SCAMIN: 179_999 }),
    pointObject('LNDMRK', from(0.28, -0.28), COASTAL, { CATLMK: 3, CONVIS: 1, HEIGHT: 42, SCAMIN: 179_999 }),
    ...[-0.2, 0.05, 0.24].map((across) => pier(from(-0.02, across), [-dx, -dy])),
    lineObject('SLCONS', [from(0.01, -0.26), from(0.01, 0), from(0.02, 0.3)], HARBOUR, { CATSLC: 6, SCAMIN: 59_999 }),
    pointObject('HRBFAC', from(-0.06, 0.14), COASTAL, {
      CATHAF: category === 4 ? 5 : 4,
      OBJNAM: `${name} Harbour`,
      SCAMIN: 179_999,
    }),
    pointObject('BERTHS', from(-0.05, -0.08), HARBOUR, { OBJNAM: '1', SCAMIN: 29_999 }),
    pointObject('MORFAC', from(-0.14, -0.1), HARBOUR, { CATMOR: 7, BOYSHP: 6, SCAMIN: 29_999 }),
    lineObject('ROADWY', [from(0.1, -0.3), from(0.16, 0), from(0.13, 0.35)], HARBOUR, { CATROD: 5, SCAMIN: 44_999 }),
    lineObject('ROADWY', [from(0.16, 0), from(0.6, 0.08), from(1.3, -0.1), from(2.2, 0.2), from(3.4, 0.1)], COASTAL, {
      CATROD: 2,
      SCAMIN: 179_999,
    }),
  ]
}

/** A pier from the shore out to where the water is four metres deep, 300 metres at most. */
function pier(start: Place, [dx, dy]: Place): SceneObject {
  let length = 0.05
  while (length < 0.3 && heightAt([start[0] + dx * length, start[1] + dy * length]) > -4) length += 0.01
  const end: Place = [start[0] + dx * length, start[1] + dy * length]
  return lineObject('SLCONS', [start, end], HARBOUR, { CATSLC: 4, WATLEV: 2, SCAMIN: 59_999 })
}

/** Moves a place towards the middle of its town until it stands on dry land. */
function pullAshore([east, north]: Place, middle: Place): Place {
  for (let t = 0; t < 1; t += 0.05) {
    const place: Place = [east + (middle[0] - east) * t, north + (middle[1] - north) * t]
    if (heightAt(place) > 2.5) return place
  }
  return [middle[0] + (east - middle[0]) * 0.05, middle[1] + (north - middle[1]) * 0.05]
}

function names(): SceneObject[] {
  const sea: [name: string, at: Place, category: number, upTo: number][] = [
    ['Quillon Bay', [10.2, -13.6], 5, COASTAL],
    ['Quillon Harbour', [7.1, -7.3], 5, HARBOUR],
    ['Netherby Sound', [5.6, -12.6], 5, HARBOUR],
    ['Tinker Shoal', [17.5, -12.6], 13, COASTAL],
    ['The Leads', [14.2, -13.9], 12, HARBOUR],
    ['Lanyard Road', [-23, 4], 5, COASTAL],
    ['Fiddler Bank', [-24, -17], 3, COASTAL],
    ['Marrow Basin', [40, -60], 7, OVERVIEW],
  ]
  const land: [name: string, at: Place, upTo: number][] = [
    ['Isle of Marrow', [0, 5], OVERVIEW],
    ['Hermit Isle', [-78, 62], OVERVIEW],
    ['Gannet Isle', [71, 74], OVERVIEW],
    ['The Downs', [4, -10.5], HARBOUR],
    ['Quillon Head', [11.8, -8], COASTAL],
    ['Long Fell', [1.6, -3.6], HARBOUR],
  ]
  return [
    ...sea.map(([name, at, category, upTo]) => pointObject('SEAARE', at, upTo, { CATSEA: category, OBJNAM: name })),
    ...land.map(([name, at, upTo]) => pointObject('LNDRGN', at, upTo, { OBJNAM: name })),
    ...peaks().map((at) => pointObject('LNDELV', at, COASTAL, { ELEVAT: Math.round(heightAt(at)), SCAMIN: 259_999 })),
    pointObject('MAGVAR', [20, -18], COASTAL, { VALMAG: -8.5, VALACM: 8, RYRMGV: '2026' }),
    pointObject('MAGVAR', [60, -80], OVERVIEW, { VALMAG: -8.5, VALACM: 8, RYRMGV: '2026' }),
  ]
}

/** The highest places of the island, at least 3 km apart. */
function peaks(): Place[] {
  const candidates: Place[] = []
  for (let east = -16; east <= 16; east += 0.8) for (let north = -9; north <= 13; north += 0.8) candidates.push([east, north])
  const chosen: Place[] = []
  for (const { place } of candidates
    .map((place) => ({ place, height: heightAt(place) }))
    .toSorted((a, b) => b.height - a.height)) {
    if (chosen.length === 12) break
    if (chosen.every(([x, y]) => Math.hypot(x - place[0], y - place[1]) > 3)) chosen.push(place)
  }
  return chosen
}

function areas(): SceneObject[] {
  const lane = (south: number, north: number): Place[] => [
    [-20, south],
    [20, south],
    [20, north],
    [-20, north],
  ]
  const anchorage: Place = [7.95, -9.4]
  const cable = walkToHeight([-2, -19], [0, 1], 1.5) ?? [-2, -12]
  return [
    areaObject(
      'ACHARE',
      around(anchorage, 16, () => 0.3),
      COASTAL,
      { CATACH: 1, OBJNAM: 'Quarantine Road', SCAMIN: 119_999 },
    ),
    areaObject(
      'RESARE',
      around([8.6, -14.2], 20, () => 0.85),
      COASTAL,
      { CATREA: 5, RESTRN: '1,3', OBJNAM: 'Sexton Bird Sanctuary' },
    ),
    areaObject(
      'RESARE',
      around([-13.8, -15], 24, () => 2.6),
      COASTAL,
      { CATREA: 4, RESTRN: '7', OBJNAM: 'Skerries Reserve' },
    ),
    areaObject('TSSLPT', lane(-24.2, -23), OVERVIEW, { ORIENT: 90, RESTRN: '1' }),
    areaObject('TSEZNE', lane(-23, -22.4), OVERVIEW, {}),
    areaObject('TSSLPT', lane(-22.4, -21.2), OVERVIEW, { ORIENT: 270, RESTRN: '1' }),
    lineObject('CBLSUB', [cable, [-2.4, -16], [-4, -19], [-7, -30], [-30, -60], [-150, -120]], OVERVIEW, {
      CATCBL: 4,
      STATUS: 1,
    }),
    lineObject('FERYRT', [...FAIRWAY.toReversed(), [20, -27], [60, -60]], COASTAL, { CATFRY: 1 }),
  ]
}
