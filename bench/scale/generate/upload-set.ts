import { type ZipEntry, zipEntries } from '#demo/zip-entries.ts'
import { BAND_PLANS } from './band-plans.ts'
import type { MirrorPlan } from './planned-cell.ts'
import { stampCell } from './stamp-cell.ts'
import { type Template, writeTemplate } from './write-template.ts'

/** Number of geometries that the cells of an upload share in rotation. */
const TEMPLATES = 12

/** An exchange set of harbour cells of the mirror under other names (`XU5...`), as a user uploads it. */
export async function uploadSet(mirror: MirrorPlan, count: number): Promise<Buffer> {
  const plan = BAND_PLANS[4]
  const harbours = mirror.cells.filter(({ band }) => band === 5)
  if (plan === undefined || harbours.length === 0) throw new Error('the mirror has no harbour cells')
  const templates = new Map<number, Template>()
  const entries = Array.from({ length: count }, (_, i): ZipEntry => {
    const place = harbours[(i * 7) % harbours.length]
    if (place === undefined) throw new RangeError(`no harbour cell ${i}`)
    const number = i % TEMPLATES
    const template = templates.get(number) ?? writeTemplate(plan, number, mirror.seed)
    templates.set(number, template)
    const name = `XU5${i.toString(36).toUpperCase().padStart(5, '0')}`
    const cell = { ...place, index: mirror.cells.length + i, name, updates: 0 }
    const state = { edition: 10, updates: 0, revised: 0, changed: 1 }
    const content = stampCell(template, cell, state).files[0]?.bytes ?? new Uint8Array()
    return { path: `ENC_ROOT/${name}/${name}.000`, content }
  })
  return await zipEntries(entries, new Date('2026-01-05T05:00:00Z'))
}
