import { mkdir, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { Piscina } from 'piscina'
import { productCatalogue } from '#demo/product-catalogue.ts'
import { BAND_PLANS } from './band-plans.ts'
import { changedOn, dateOf, statesOn } from './cell-state.ts'
import type { MirrorPlan } from './planned-cell.ts'
import type { TemplateTask, WrittenCell } from './write-template-cells.ts'

/** A closed ring of four sides. */
const BOX_VERTICES = 5

/** What was written for one day of a mirror. */
export interface WrittenDay {
  catalogue: string
  /** Zips that were written: all on day 1, only those that changed on other days. */
  cells: number
  zipBytes: number
  s57Bytes: number
  medianZipBytes: number
  medianS57Bytes: number
  largestS57Bytes: number
  /** Cells whose coverage is more than a box, and vertices of all coverages. */
  outlines: number
  coverageVertices: number
}

/**
 * Writes a day of a mirror in NOAA's form: `ENCProdCat.xml` lists all cells as of this day, and there is a zip for each cell (day 1) or
 * for each cell that changed on this day. Each thread draws a template and writes its cells one at a time, so that memory stays small.
 */
export async function writeMirrorDay(folder: string, mirror: MirrorPlan, day: number): Promise<WrittenDay> {
  await mkdir(folder, { recursive: true })
  const states = statesOn(mirror, day)
  const changed = new Set(changedOn(mirror, day).map(({ index }) => index))
  const tasks = BAND_PLANS.flatMap((plan) => {
    const byTemplate = Map.groupBy(
      mirror.cells.filter(({ band }) => band === plan.band),
      ({ template }) => template,
    )
    return [...byTemplate].map(([template, cells]): TemplateTask => {
      const listed = cells.map((cell) => ({ cell, state: states[cell.index]!, write: day === 1 || changed.has(cell.index) }))
      return {
        folder,
        plan: { ...plan, medianBytes: plan.medianBytes * mirror.detail },
        template,
        seed: mirror.seed,
        cells: listed,
      }
    })
  })
  const pool = new Piscina<TemplateTask, WrittenCell[]>({
    filename: new URL('./write-template-cells.ts', import.meta.url).href,
    maxThreads: os.availableParallelism(),
  })
  try {
    const cells = (await Promise.all(tasks.map((task) => pool.run(task)))).flat()
    const listed = cells.map((cell) => cell.listed).toSorted((a, b) => (a.name < b.name ? -1 : 1))
    const sizes = new Map(cells.flatMap((cell) => (cell.written === null ? [] : [[cell.listed.name, cell.written.zipBytes]])))
    const catalogue = path.join(folder, 'ENCProdCat.xml')
    await writeFile(catalogue, productCatalogue(listed, `${dateOf(day)}T06:00:00Z`, sizes))
    return summary(catalogue, cells)
  } finally {
    await pool.destroy()
  }
}

function summary(catalogue: string, cells: readonly WrittenCell[]): WrittenDay {
  const written = cells.flatMap((cell) => (cell.written === null ? [] : [cell.written]))
  const zips = written.map(({ zipBytes }) => zipBytes).toSorted((a, b) => a - b)
  const files = written.map(({ s57Bytes }) => s57Bytes).toSorted((a, b) => a - b)
  const vertices = cells.map(({ listed }) => listed.panels.reduce((sum, { ring }) => sum + ring.length, 0))
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0)
  const middle = (values: readonly number[]) => values[Math.floor(values.length / 2)] ?? 0
  return {
    catalogue,
    cells: written.length,
    zipBytes: sum(zips),
    s57Bytes: sum(files),
    medianZipBytes: middle(zips),
    medianS57Bytes: middle(files),
    largestS57Bytes: files.at(-1) ?? 0,
    outlines: vertices.filter((count) => count > BOX_VERTICES).length,
    coverageVertices: sum(vertices),
  }
}
