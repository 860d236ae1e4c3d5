import type { FeatureRecordSpec } from '#s57/writer/cell-spec.ts'
import { writeCell } from '#s57/writer/write-cell.ts'
import { writeUpdate } from '#s57/writer/write-update.ts'

const name = 'XX5NOCOV'
const ring = [
  [-30, 40],
  [-29.9, 40],
  [-29.9, 40.1],
  [-30, 40.1],
  [-30, 40],
]

/** A cell without M_COVR: a depth area, a contour along its own nodes, soundings and a buoy. */
export function cellWithoutCoverage(): { name: string; bytes: Uint8Array } {
  const bytes = writeCell({
    name,
    features: [
      { objectClass: 'DEPARE', attributes: { DRVAL1: 0, DRVAL2: 5 }, geometry: { type: 'Polygon', coordinates: [ring] } },
      {
        objectClass: 'DEPCNT',
        attributes: { VALDCO: 5 },
        geometry: {
          type: 'LineString',
          coordinates: [
            [-29.98, 40.02],
            [-29.92, 40.08],
          ],
        },
      },
      { objectClass: 'SOUNDG', geometry: { type: 'MultiPoint', coordinates: [[-29.95, 40.05, 3.1]] } },
      { objectClass: 'BOYLAT', geometry: { type: 'Point', coordinates: [-29.94, 40.04] } },
    ],
  })
  return { name: `${name}.000`, bytes }
}

/** An update of `cellWithoutCoverage` in which coordinates, pointers and attributes come without control fields. */
export function updateWithoutControlFields(): { name: string; bytes: Uint8Array } {
  const bytes = writeUpdate({
    name,
    vectors: [
      { kind: 120, id: 901, coordinates: [[-29.97, 40.01]] },
      { kind: 120, id: 902, coordinates: [[-29.96, 40.02]] },
      { kind: 130, id: 901 },
      {
        kind: 130,
        id: 901,
        instruction: 3,
        version: 2,
        coordinates: [[-29.965, 40.012]],
        pointers: [
          { kind: 120, id: 901, topology: 1 },
          { kind: 120, id: 902, topology: 2 },
        ],
      },
      { kind: 130, id: 901, instruction: 3, version: 3, coordinates: [[-29.964, 40.013]] },
    ],
    features: [
      { id: 901, objectClass: 'CBLSUB', primitive: 2 },
      {
        id: 901,
        objectClass: 'CBLSUB',
        primitive: 2,
        instruction: 3,
        version: 2,
        attributes: { CATCBL: 1 },
        spatial: [{ kind: 130, id: 901, orientation: 1 }],
        references: [{ agency: 65_535, featureId: 4, featureSubdivision: 1, relation: 3 }],
      },
    ],
  })
  return { name: `${name}.001`, bytes }
}

/** An update of `cellWithoutCoverage` whose record has another FOID than the cell's; it must be refused. */
export function updateOfAnotherObject(instruction: 2 | 3): { name: string; bytes: Uint8Array } {
  const change: FeatureRecordSpec = {
    id: 4,
    objectClass: 'BOYLAT',
    primitive: 1,
    instruction,
    version: 2,
    agency: 550,
    featureId: 77,
  }
  return { name: `${name}.001`, bytes: writeUpdate({ name, features: [change] }) }
}
