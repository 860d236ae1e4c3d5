import { existsSync } from 'node:fs'
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { duration, type Figure, megabytes } from './figure.ts'
import type { MirrorPlan } from './generate/planned-cell.ts'
import { type WrittenDay, writeMirrorDay } from './generate/write-mirror-day.ts'

/** NOAA's catalogue of 2026-06-18: bytes of zips an active cell, and times as many of S-57 in the 28 cells of the small mirror. */
const NOAA = { zipBytes: 775.8e6 / 6_945, unzipped: 2.6 }

/**
 * Writes days 1 and 2 of a mirror into `folder/mirror`, unless they exist from an earlier run with the same seed and cells.
 *
 * @throws Error when the folder holds a mirror of another seed or number of cells.
 */
export async function prepareMirror(folder: string, mirror: MirrorPlan): Promise<Figure[]> {
  const own = path.join(folder, 'mirror')
  const note = path.join(own, 'written.json')
  const wanted = { seed: mirror.seed, cells: mirror.cells.length }
  if (existsSync(note)) {
    const kept = JSON.parse(await readFile(note, 'utf8')) as { seed: number; cells: number; days: [WrittenDay, WrittenDay] }
    if (kept.seed !== wanted.seed || kept.cells !== wanted.cells) {
      throw new Error(`${own} holds ${kept.cells} cells of seed ${kept.seed}: take another --keep folder, or delete it`)
    }
    return figuresOf(kept.days, null)
  }
  // A mirror without the note was not finished.
  await rm(own, { recursive: true, force: true })
  await mkdir(own, { recursive: true })
  const begun = performance.now()
  const first = await writeMirrorDay(path.join(own, 'day1'), mirror, 1)
  const middle = performance.now()
  const second = await writeMirrorDay(path.join(own, 'day2'), mirror, 2)
  const times = [middle - begun, performance.now() - middle] as const
  await writeFile(note, JSON.stringify({ ...wanted, days: [first, second] }))
  return figuresOf([first, second], times)
}

function figuresOf(days: readonly [WrittenDay, WrittenDay], times: readonly [number, number] | null): Figure[] {
  const [first, second] = days
  const share = NOAA.zipBytes * first.cells
  const sizes = (day: WrittenDay) =>
    `${day.cells} zips, ${megabytes(day.zipBytes)} (S-57 ${megabytes(day.s57Bytes)})${times === null ? ', kept' : ''}`
  return [
    {
      what: 'mirror, day 1',
      measured: `${sizes(first)}${times === null ? '' : `, written in ${duration(times[0])}`}`,
      aim: `NOAA's share: ${megabytes(share)} (S-57 ${megabytes(share * NOAA.unzipped)})`,
    },
    {
      what: 'mirror, day 1: median zip, median and largest S-57',
      measured: [first.medianZipBytes, first.medianS57Bytes, first.largestS57Bytes]
        .map((bytes) => `${(bytes / 1e3).toFixed(0)} kB`)
        .join(', '),
      aim: 'NOAA: 61 kB zip',
    },
    {
      what: 'mirror, day 1: cells that are not boxes, coverage vertices',
      measured: `${first.outlines}, ${first.coverageVertices}`,
      aim: '',
    },
    { what: 'mirror, day 2', measured: `${sizes(second)}${times === null ? '' : `, written in ${duration(times[1])}`}`, aim: '' },
  ]
}
