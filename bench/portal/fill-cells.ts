import { type PublicCellRow, upsertPublicCells } from '#charts/cells/upsert-public-cells.ts'
import type { Db } from '#db/database.ts'
import type { MirrorCell } from '#demo/mirror-cell.ts'
import { enclosingBox } from '#geo/box.ts'
import type { Polygon } from '#geo/polygon.ts'
import { splitAtAntimeridian } from '#geo/split-at-antimeridian.ts'
import { chunks } from '#lib/chunks.ts'
import { BAND_PLANS } from '../scale/generate/band-plans.ts'
import { statesOn } from '../scale/generate/cell-state.ts'
import { planMirror } from '../scale/generate/plan-mirror.ts'
import { listCell } from '../scale/generate/stamp-cell.ts'
import { outlineTemplate, type TemplateOutline } from '../scale/generate/write-template.ts'

const LOT = 100

/** Gives the server the rows of public cells, as the cells of `npm run bench -- scale` have them, without their files. */
export async function fillCells(db: Db, cells: number, seed: number): Promise<void> {
  const mirror = planMirror(cells, seed)
  const states = statesOn(mirror, 1)
  const templates = new Map<string, TemplateOutline>()
  const rows: PublicCellRow[] = []
  for (const planned of mirror.cells) {
    const plan = BAND_PLANS[planned.band - 1]
    const state = states[planned.index]
    if (plan === undefined || state === undefined) throw new Error(`${planned.name} has no plan`)
    const key = `${planned.band} ${planned.template}`
    const template = templates.get(key) ?? outlineTemplate(plan, planned.template, seed)
    templates.set(key, template)
    rows.push(rowOf(listCell(template, planned, state), planned.band))
  }
  await db.transaction().execute(async (trx) => {
    for (const lot of chunks(rows, LOT)) await upsertPublicCells(trx, lot)
  })
}

function rowOf(cell: MirrorCell, usageBand: number): PublicCellRow {
  const polygons = polygonsOf(cell).flatMap(splitAtAntimeridian)
  const box = enclosingBox(polygons.map(extentOf))
  if (box === null) throw new Error(`${cell.name} covers nothing`)
  const { edition, updateNumber: update, updateApplicationDate: updateDate, issueDate } = cell
  return {
    summary: {
      name: cell.name,
      standard: 's57',
      edition,
      update,
      updateDate,
      issueDate,
      producer: 65_535,
      usageBand,
      compilationScale: cell.scale,
      cancelled: false,
      coverage: { type: 'MultiPolygon', coordinates: polygons as number[][][][] },
      overlay: false,
      box,
      featureCount: 1_000,
      featuresByClass: new Map([['DEPARE', 1_000]]),
      references: [],
      stoppedBy: null,
      warnings: [],
    },
    title: cell.longName,
    blobKey: `bench/${cell.name}`,
    byteSize: 1_000,
    compiled: { key: `bench/${cell.name}`, version: 1 },
    source: 'noaa',
    catalogue: { edition, update, updateDate, issueDate },
    texts: [],
  }
}

function extentOf(polygon: Polygon): { west: number; south: number; east: number; north: number } {
  const ring = polygon[0] ?? []
  const [x, y] = [0, 1].map((axis) => ring.map((position) => position[axis] ?? 0)) as [number[], number[]]
  return { west: Math.min(...x), south: Math.min(...y), east: Math.max(...x), north: Math.max(...y) }
}

/** The rings of a catalogue entry as polygons; each exterior ring begins one. */
function polygonsOf({ panels }: MirrorCell): number[][][][] {
  const polygons: number[][][][] = []
  for (const { type, ring } of panels) {
    const positions = ring.map((position) => [...position])
    if (type === 'exterior') polygons.push([positions])
    else polygons.at(-1)?.push(positions)
  }
  return polygons
}
