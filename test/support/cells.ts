import type { Buffer } from 'node:buffer'
import type { MirrorCell } from '#demo/mirror-cell.ts'
import { writeMirrorFolder } from '#demo/write-mirror-folder.ts'
import { type ZipEntry, zipEntries } from '#demo/zip-entries.ts'
import type { CellFile } from '#s57/cell.ts'
import type { Position } from '#s57/geometry.ts'
import type { CellSpec, FeatureSpec, UpdateSpec } from '#s57/writer/cell-spec.ts'
import { writeCell } from '#s57/writer/write-cell.ts'
import { writeUpdate } from '#s57/writer/write-update.ts'

/** West, south, east, north in degrees. */
export type Box = readonly [west: number, south: number, east: number, north: number]

const BOX: Box = [-30.1, 40, -30, 40.1]

/** The closed ring of a box. */
export function boxRing([west, south, east, north]: Box): Position[] {
  return [
    [west, south],
    [east, south],
    [east, north],
    [west, north],
    [west, south],
  ]
}

/**
 * The features of the sample cell, in the order of their record ids: 1 coverage, 2 shallow and 3 deeper water that share the
 * depth contour 4, 5 land (a hole in 2), 6 soundings, 7 a lateral buoy with 8 its light at the same place, 9 a wreck.
 */
export function sampleFeatures([west, south, east, north]: Box = BOX): FeatureSpec[] {
  const at = (x: number, y: number): Position => [west + (east - west) * x, south + (north - south) * y]
  const island = [at(0.2, 0.4), at(0.3, 0.4), at(0.3, 0.6), at(0.2, 0.6), at(0.2, 0.4)]
  const contour = [at(0.5, 0), at(0.55, 0.5), at(0.5, 1)]
  return [
    {
      objectClass: 'M_COVR',
      attributes: { CATCOV: 1 },
      geometry: { type: 'Polygon', coordinates: [boxRing([west, south, east, north])] },
    },
    {
      objectClass: 'DEPARE',
      attributes: { DRVAL1: 0, DRVAL2: 10 },
      geometry: { type: 'Polygon', coordinates: [[at(0, 0), ...contour, at(0, 1), at(0, 0)], island.toReversed()] },
    },
    {
      objectClass: 'DEPARE',
      attributes: { DRVAL1: 10, DRVAL2: 30 },
      geometry: { type: 'Polygon', coordinates: [[...contour.toReversed(), at(1, 0), at(1, 1), at(0.5, 1)].toReversed()] },
    },
    { objectClass: 'DEPCNT', attributes: { VALDCO: 10 }, geometry: { type: 'LineString', coordinates: contour } },
    { objectClass: 'LNDARE', attributes: { OBJNAM: 'Sample Island' }, geometry: { type: 'Polygon', coordinates: [island] } },
    {
      objectClass: 'SOUNDG',
      geometry: {
        type: 'MultiPoint',
        coordinates: [
          [...at(0.1, 0.1), 4.2],
          [...at(0.8, 0.3), 17.5],
          [...at(0.9, 0.8), 26],
        ],
      },
    },
    {
      objectClass: 'BOYLAT',
      key: 'buoy',
      attributes: { BOYSHP: 2, CATLAM: 1, COLOUR: 3, OBJNAM: 'Sample Buoy 2', SCAMIN: 59_999 },
      geometry: { type: 'Point', coordinates: at(0.7, 0.5) },
      references: [{ key: 'light', relation: 2 }],
    },
    {
      objectClass: 'LIGHTS',
      key: 'light',
      attributes: { COLOUR: 3, LITCHR: 2, SIGPER: 4, SCAMIN: 59_999 },
      geometry: { type: 'Point', coordinates: at(0.7, 0.5) },
    },
    {
      objectClass: 'WRECKS',
      attributes: { CATWRK: 2, VALSOU: 3.1, WATLEV: 3 },
      geometry: { type: 'Point', coordinates: at(0.4, 0.2) },
    },
  ]
}

/** A small valid cell (under 6 kB), `XX5SAMPL` edition 1, with the features of `sampleFeatures` in `box`. */
export function sampleCell(overrides: Partial<CellSpec> & { box?: Box } = {}): Uint8Array {
  const { box = BOX, ...spec } = overrides
  return writeCell({ name: 'XX5SAMPL', features: sampleFeatures(box), dataLimit: box, ...spec })
}

/** Update 1 of the sample cell: the buoy's name becomes `Sample Buoy 2A`, the wreck is removed, a rock is added. */
export function sampleUpdate(overrides: Partial<UpdateSpec> & { box?: Box } = {}): Uint8Array {
  const { box = BOX, ...spec } = overrides
  const rock: Position = [box[0] + (box[2] - box[0]) * 0.6, box[1] + (box[3] - box[1]) * 0.7]
  const version = (spec.updateNumber ?? 1) + 1
  return writeUpdate({
    name: 'XX5SAMPL',
    features: [
      { id: 7, objectClass: 'BOYLAT', primitive: 1, instruction: 3, version, attributes: { OBJNAM: 'Sample Buoy 2A' } },
      { id: 9, objectClass: 'WRECKS', primitive: 1, instruction: 2, version },
    ],
    insert: [{ objectClass: 'UWTROC', attributes: { VALSOU: 1.5, WATLEV: 3 }, geometry: { type: 'Point', coordinates: rock } }],
    ...spec,
  })
}

/** An update that changes only the name of the sample cell's buoy, so that any number can be applied in sequence. */
export function sampleRename(updateNumber: number, overrides: Partial<UpdateSpec> = {}): Uint8Array {
  const attributes = { OBJNAM: `Sample Buoy 2 (update ${updateNumber})` }
  const features = [
    { id: 7, objectClass: 'BOYLAT', primitive: 1, instruction: 3, version: updateNumber + 1, attributes } as const,
  ]
  return writeUpdate({ name: 'XX5SAMPL', updateNumber, features, ...overrides })
}

/** Creates a zip in memory from entries such as `{ path: 'ENC_ROOT/XX5SAMPL/XX5SAMPL.000', content: sampleCell() }`. */
export function zipOf(entries: readonly ZipEntry[]): Promise<Buffer> {
  return zipEntries(entries, new Date('2026-01-01T00:00:00Z'))
}

/** A cell for `writeMirror`; everything except the name has a default. */
export type MirrorCellOverrides = Partial<MirrorCell> & { name: string; box?: Box }

/**
 * Creates a cell for `writeMirror`: by default edition 1, update 0, Active, 1:12,000. Without `files` it has a sample base of that
 * edition and `updateNumber` updates (`sampleRename`). A cancelled cell has no coverage in the catalogue, and its last update cancels it
 * (edition 0).
 */
export function mirrorCell({ box = BOX, ...overrides }: MirrorCellOverrides): MirrorCell {
  const { name, edition = 1, updateNumber = 0, scale = 12_000, status = 'Active', issueDate = '2026-01-01' } = overrides
  const files = (): CellFile[] => {
    const cancelled = status === 'Cancelled'
    const base = sampleCell({
      name,
      box,
      edition: Math.max(edition, 1),
      compilationScale: scale,
      issueDate,
      updateApplicationDate: issueDate,
    })
    const updates = Array.from({ length: updateNumber }, (_, i): CellFile => {
      const last = cancelled && i === updateNumber - 1
      const header = { name, issueDate, ...(last ? { edition: 0, features: [] } : { edition }) }
      return { name: `${name}.${String(i + 1).padStart(3, '0')}`, bytes: sampleRename(i + 1, header) }
    })
    return [{ name: `${name}.000`, bytes: base }, ...updates]
  }
  return {
    longName: `Sample ${name}`,
    scale,
    status,
    edition,
    updateNumber,
    updateApplicationDate: issueDate,
    issueDate,
    zipDate: '2026-01-01T05:00:00Z',
    panels: status === 'Cancelled' ? [] : [{ type: 'exterior', ring: boxRing(box) }],
    files: overrides.files ?? files(),
    ...overrides,
  }
}

/**
 * Writes a mirror in NOAA's form, `ENCProdCat.xml` and one zip per cell, into a folder, which it creates when missing. A cell with
 * `files: []` is listed without a zip. Existing zips are kept, as at NOAA, even when a later catalogue does not list their cell.
 */
export async function writeMirror(
  folder: string,
  cells: readonly MirrorCellOverrides[],
  date = '2026-01-01T06:00:00Z',
): Promise<void> {
  await writeMirrorFolder(folder, cells.map(mirrorCell), date)
}
