import { createRandom, fractalNoise } from '#demo/noise.ts'

/** A place that cells are laid about: [longitude, latitude] in degrees; west of the antimeridian longitudes fall below -180. */
export type CoastPoint = readonly [longitude: number, latitude: number]

/** Rough lines with the extent of the coasts of the United States, and how many cells a degree of them draws. */
const LINES: readonly { weight: number; line: readonly CoastPoint[] }[] = [
  {
    weight: 2.2,
    line: [
      [-67, 44.8],
      [-70, 43.6],
      [-70.8, 42.3],
      [-70, 41.6],
      [-72.5, 41.1],
      [-74, 40.5],
      [-75, 38.6],
      [-76.2, 37],
      [-75.6, 35.3],
      [-78, 33.9],
      [-81, 31.8],
      [-81.4, 30.3],
      [-80.1, 27],
      [-80.3, 25.4],
      [-81.8, 24.6],
    ],
  },
  {
    weight: 2,
    line: [
      [-81.8, 26],
      [-82.8, 27.8],
      [-84.2, 30],
      [-86, 30.3],
      [-89, 30.2],
      [-90.2, 29.1],
      [-93.5, 29.7],
      [-95, 29.2],
      [-97.2, 27.6],
      [-97.2, 26],
    ],
  },
  {
    weight: 1.4,
    line: [
      [-117.2, 32.6],
      [-118.5, 34],
      [-120.6, 34.6],
      [-122.5, 37.7],
      [-124.2, 40.5],
      [-124, 44],
      [-124.1, 46.3],
      [-124.7, 48.3],
      [-122.5, 47.6],
      [-122.8, 49],
    ],
  },
  {
    weight: 1,
    line: [
      [-92, 46.8],
      [-88, 47.3],
      [-84.6, 46.5],
      [-87.6, 45],
      [-87.6, 41.8],
      [-86.3, 43],
      [-84.8, 45.8],
      [-83.3, 44],
      [-82.5, 42.5],
      [-79, 42.8],
      [-76.3, 43.6],
      [-75, 45],
    ],
  },
  {
    weight: 1,
    line: [
      [-130.4, 54.8],
      [-133, 56],
      [-135.4, 57.5],
      [-137.5, 58.8],
      [-143, 60],
      [-148, 60.5],
      [-152, 59.2],
      [-154, 57.5],
      [-158, 56],
      [-163, 54.6],
    ],
  },
  // The Aleutians run on across the antimeridian.
  {
    weight: 0.9,
    line: [
      [-163, 54.5],
      [-168, 53.3],
      [-174, 52.1],
      [-179.5, 51.6],
      [-183, 51.9],
      [-187.5, 52.9],
    ],
  },
  {
    weight: 0.35,
    line: [
      [-158, 57.8],
      [-162, 58.7],
      [-165, 60.5],
      [-164, 63],
      [-168, 65.6],
      [-163, 67.5],
      [-166.5, 68.4],
      [-156.7, 71.2],
      [-148, 70.4],
      [-141.2, 69.6],
    ],
  },
  {
    weight: 2.4,
    line: [
      [-154.9, 19.4],
      [-156, 19.9],
      [-156.6, 20.8],
      [-158, 21.4],
      [-159.6, 22],
      [-160.2, 21.9],
    ],
  },
  {
    weight: 0.3,
    line: [
      [-162, 23],
      [-168, 24.8],
      [-173.8, 26],
      [-178.3, 28.4],
    ],
  },
  {
    weight: 2.2,
    line: [
      [-67.2, 18.3],
      [-66, 18.5],
      [-65, 18.3],
      [-64.6, 17.8],
    ],
  },
  {
    weight: 1.2,
    line: [
      [144.7, 13.4],
      [145.3, 14.4],
      [145.8, 15.2],
      [145.7, 18],
      [145, 20],
    ],
  },
  {
    weight: 1.4,
    line: [
      [-171, -14.5],
      [-169.4, -14.2],
      [-168.2, -14.6],
    ],
  },
  {
    weight: 0.5,
    line: [
      [166.5, 19.2],
      [166.7, 19.4],
    ],
  },
  {
    weight: 0.5,
    line: [
      [-162.2, 5.8],
      [-160, 0.2],
      [-157, -0.4],
    ],
  },
]

/** Degrees between two points of a coast. */
const STEP = 0.05

/** Points along the invented coasts, in order, each standing for an equal share of the cells. */
export function coastPoints(seed: number): CoastPoint[] {
  const random = createRandom(seed)
  return LINES.flatMap(({ weight, line }, number): CoastPoint[] => {
    const offset = random() * 100
    const points: CoastPoint[] = []
    for (let i = 0; i + 1 < line.length; i++) {
      const [ax, ay] = line[i] ?? [0, 0]
      const [bx, by] = line[i + 1] ?? [0, 0]
      const length = Math.max(Math.abs(bx - ax), Math.abs(by - ay))
      const count = Math.max(1, Math.round((length * weight) / STEP))
      for (let k = 0; k < count; k++) {
        const along = offset + i * 3 + (k / count) * length
        const aside = (shift: number) => 0.35 * fractalNoise(along * 1.7, shift, seed + number, 5)
        points.push([ax + ((bx - ax) * k) / count + aside(0.5), ay + ((by - ay) * k) / count + aside(7.5)])
      }
    }
    return points
  })
}
