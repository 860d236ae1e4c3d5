import { Buffer } from 'node:buffer'
import type { MirrorCell } from '#demo/mirror-cell.ts'
import type { CellFile } from '#s57/cell.ts'
import type { Position } from '#s57/geometry.ts'
import { writeUpdate } from '#s57/writer/write-update.ts'
import { type CellState, dateOf } from './cell-state.ts'
import type { CellBox, PlannedCell } from './planned-cell.ts'
import { PLACEHOLDER, type Template, type TemplateOutline } from './write-template.ts'

/** COMF of all cells. */
const UNITS = 10_000_000
const UNIT_TERMINATOR = '\x1f'
const FIDS_LIMIT = 65_535

/** What the catalogue lists about a cell: the outline of its template moved to its box, its edition, updates and dates. No files. */
export function listCell(template: TemplateOutline, cell: PlannedCell, state: CellState): MirrorCell {
  const move = moverTo(template, boxOn(cell, state))
  const issued = dateOf(state.changed)
  return {
    name: cell.name,
    longName: `Invented cell ${cell.index} (band ${cell.band})`,
    scale: template.scale,
    status: 'Active',
    edition: state.edition,
    updateNumber: state.updates,
    updateApplicationDate: issued,
    issueDate: issued,
    zipDate: `${issued}T05:00:00Z`,
    panels: template.coverage.polygons.flatMap((polygon) =>
      polygon.map((ring, i) => ({
        type: i === 0 ? ('exterior' as const) : ('interior' as const),
        ring: ring.map(move.position),
      })),
    ),
    files: [],
  }
}

/** Makes a cell of a template: moved and stretched to its box, with its own name, edition, dates and feature numbers, and its updates. */
export function stampCell(template: Template, cell: PlannedCell, state: CellState): MirrorCell {
  const move = moverTo(template, boxOn(cell, state))
  const base = { name: `${cell.name}.000`, bytes: stampBase(template, cell, state, move) }
  const updates = Array.from({ length: state.updates }, (_, i) => stampUpdate(template, cell, state, move, i + 1))
  return { ...listCell(template, cell, state), files: [base, ...updates] }
}

/** Every second new edition covers other ground: it lies a twentieth of its width further east or west again. */
export function boxOn({ box: [west, south, east, north], index }: PlannedCell, { revised }: CellState): CellBox {
  if (revised % 2 === 0 || index % 2 === 0) return [west, south, east, north]
  const shift = Math.round(((east - west) / 20) * UNITS) / UNITS
  return [west + shift, south, east + shift, north]
}

/** Moves positions of a template to the box of a cell, in whole units: what two features share they still share. */
interface Mover {
  longitude(units: number): number
  latitude(units: number): number
  position(position: Position): Position
}

function moverTo({ side }: TemplateOutline, [west, south, east, north]: CellBox): Mover {
  const whole = Math.round(side * UNITS)
  const axis = (low: number, high: number) => {
    const start = Math.round(low * UNITS)
    const length = Math.round(high * UNITS) - start
    return (units: number) => start + Math.round((units / whole) * length)
  }
  const longitude = axis(west, east)
  const latitude = axis(south, north)
  return {
    longitude,
    latitude,
    position: ([x = 0, y = 0]) => [longitude(Math.round(x * UNITS)) / UNITS, latitude(Math.round(y * UNITS)) / UNITS],
  }
}

function stampBase({ bytes, index }: Template, cell: PlannedCell, { edition, changed }: CellState, move: Mover): Uint8Array {
  const file = Buffer.from(bytes)
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength)
  for (const at of index.coordinates) {
    view.setInt32(at, move.latitude(view.getInt32(at, true)), true)
    view.setInt32(at + 4, move.longitude(view.getInt32(at + 4, true)), true)
  }
  for (const at of index.subdivisions) view.setUint16(at, subdivisionOf(cell), true)
  const identity = (name: string, itsEdition: number, date: string) =>
    `${name}.000${UNIT_TERMINATOR}${itsEdition}${UNIT_TERMINATOR}0${UNIT_TERMINATOR}${date.replaceAll('-', '').repeat(2)}`
  const placeholder = identity(PLACEHOLDER.name, PLACEHOLDER.edition, PLACEHOLDER.date)
  const at = file.indexOf(placeholder, 0, 'latin1')
  const own = identity(cell.name, edition, dateOf(changed))
  if (at < 0 || own.length !== placeholder.length) throw new Error(`the identity of ${cell.name} does not fit its template`)
  file.write(own, at, 'latin1')
  return file
}

const subdivisionOf = ({ index }: PlannedCell) => 1 + (index % FIDS_LIMIT)

/** A new wreck. */
function stampUpdate(
  template: Template,
  cell: PlannedCell,
  { edition, changed }: CellState,
  move: Mover,
  number: number,
): CellFile {
  const [x = 0, y = 0] = template.inside
  const offset = (template.side * number) / 2_000
  const bytes = writeUpdate({
    name: cell.name,
    edition,
    updateNumber: number,
    usageBand: cell.band,
    compilationScale: template.scale,
    issueDate: dateOf(changed),
    firstId: 100_000 + number * 10,
    insert: [
      {
        objectClass: 'WRECKS',
        featureSubdivision: subdivisionOf(cell),
        attributes: { CATWRK: 2, VALSOU: 5 + number / 10, WATLEV: 3, OBJNAM: `Update ${number}` },
        geometry: { type: 'Point', coordinates: move.position([x + offset, y + offset]) },
      },
    ],
  })
  return { name: `${cell.name}.${String(number).padStart(3, '0')}`, bytes }
}
