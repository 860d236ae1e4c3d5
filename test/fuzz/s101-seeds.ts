import type { CellFile } from '#s57/cell.ts'
import type { DatasetRecordsSpec } from '#s101/writer/dataset-spec.ts'
import { writeDataset, writeDatasetRecords, writeDatasetUpdate } from '#s101/writer/write-dataset.ts'
import { attribute, complex, twinSpecs } from '../s101/twin-cells.ts'

/** A file of S-101 to mutate. */
export interface S101Seed {
  target: 's101' | 's101 update'
  name: string
  bytes: Uint8Array
  weight: number
  before: readonly CellFile[]
}

const NAME = '101XX00FUZZ'
const line = (id: number, coordinates: number[][]) => ({ kind: 120 as const, id, coordinates })

/** Records of every kind, with composites of composites, shared texts, spans, a scheme and associations in both directions. */
const RECORDS: DatasetRecordsSpec = {
  name: NAME,
  information: [
    { id: 1, type: 'NauticalInformation', attributes: [complex('information', attribute('text', 'Keep clear'))] },
    { id: 2, type: 'SpatialQuality', attributes: [attribute('qualityOfHorizontalMeasurement', 4)] },
  ],
  spatial: [
    { kind: 110, id: 1, coordinates: [[1, 1]] },
    { kind: 110, id: 2, coordinates: [[1, 2]] },
    {
      kind: 115,
      id: 1,
      coordinates: [
        [1, 1, 3.5],
        [1.1, 1, 4],
      ],
    },
    {
      ...line(1, [
        [1, 1],
        [1.5, 1.5],
        [1, 2],
      ]),
      endPoints: [
        { id: 1, topology: 1 },
        { id: 2, topology: 2 },
      ],
      information: [{ id: 2, association: 'SpatialAssociation', role: 'theQualityInformation' }],
    },
    line(2, [
      [1, 2],
      [0, 1.5],
      [1, 1],
    ]),
    {
      kind: 125,
      id: 1,
      members: [
        { kind: 120, id: 1 },
        { kind: 120, id: 2 },
      ],
    },
    { kind: 125, id: 2, members: [{ kind: 125, id: 1, orientation: 2 }] },
    { kind: 130, id: 1, members: [{ kind: 125, id: 2, usage: 1 }] },
  ],
  features: [
    { id: 1, type: 'DataCoverage', attributes: [attribute('optimumDisplayScale', 22000)], spatial: [{ kind: 130, id: 1 }] },
    { id: 2, type: 'Bridge', attributes: [attribute('openingBridge', 1)] },
    {
      id: 3,
      type: 'SpanOpening',
      spatial: [{ kind: 120, id: 1, orientation: 1 }],
      associations: [{ id: 2, association: 'BridgeAggregation', role: 'theCollection' }],
    },
    {
      id: 4,
      type: 'CardinalBuoy',
      attributes: [attribute('colour', 2), complex('topmark', attribute('topmarkDaymarkShape', 13))],
      information: [{ id: 1, association: 'AdditionalInformation', role: 'theInformation' }],
      spatial: [{ kind: 110, id: 1 }],
      associations: [{ id: 5, association: 'StructureEquipment', role: 'theEquipment' }],
    },
    {
      id: 5,
      type: 'LightSectored',
      attributes: [
        complex(
          'sectorCharacteristics',
          attribute('lightCharacteristic', 2),
          complex('lightSector', attribute('colour', 1)),
          complex('lightSector'),
        ),
      ],
      spatial: [{ kind: 110, id: 1 }],
      associations: [{ id: 4, association: 'StructureEquipment', role: 'theStructure' }],
    },
    { id: 6, type: 'Sounding', spatial: [{ kind: 115, id: 1 }] },
    {
      id: 7,
      type: 'TrafficSeparationScheme',
      attributes: [attribute('iMOAdopted', true)],
      associations: [{ id: 8, association: 'TSSAggregation', role: 'consistsOf' }],
    },
    {
      id: 8,
      type: 'TrafficSeparationSchemeLanePart',
      spatial: [{ kind: 130, id: 1 }],
      masks: [
        { kind: 120, id: 1, how: 1 },
        { kind: 125, id: 1, how: 2 },
      ],
    },
    { id: 9, type: 'Novelty', attributes: [complex('a', complex('b', attribute('c', 1)))], spatial: [{ kind: 110, id: 2 }] },
  ],
}

/** Every kind of edit. */
const UPDATE: DatasetRecordsSpec = {
  name: NAME,
  firstCode: 20,
  information: [
    {
      id: 1,
      type: 'NauticalInformation',
      instruction: 3,
      attributes: [{ ...complex('information', { ...attribute('text', 'Keep off'), instruction: 3 }), instruction: 3 }],
    },
  ],
  spatial: [
    { kind: 115, id: 1, instruction: 3, coordinateEdit: { instruction: 1, index: 3, count: 1 }, coordinates: [[1.2, 1, 5]] },
    { kind: 120, id: 1, instruction: 3, coordinateEdit: { instruction: 2, index: 2, count: 1 } },
    { kind: 120, id: 2, instruction: 3, coordinateEdit: { instruction: 3, index: 2, count: 1 }, coordinates: [[0.1, 1.5]] },
    line(7, [
      [1, 2],
      [2, 2],
    ]),
    { kind: 125, id: 1, instruction: 3, memberEdit: { instruction: 3, index: 2, count: 1 }, members: [{ kind: 120, id: 2 }] },
    {
      kind: 130,
      id: 1,
      instruction: 3,
      members: [
        { kind: 125, id: 2, instruction: 2 },
        { kind: 125, id: 1, instruction: 1 },
      ],
    },
  ],
  features: [
    {
      ...{ id: 3, type: 'SpanOpening', instruction: 3 },
      spatial: [
        { kind: 120, id: 1, instruction: 2 },
        { kind: 120, id: 7, instruction: 1 },
      ],
    },
    {
      id: 4,
      type: 'CardinalBuoy',
      instruction: 3,
      attributes: [{ ...attribute('colour', ''), instruction: 2 }, attribute('colour', 6)],
    },
    {
      ...{ id: 8, type: 'TrafficSeparationSchemeLanePart', instruction: 3 },
      masks: [{ kind: 120, id: 1, how: 1, instruction: 2 }],
      information: [{ id: 1, association: 'AdditionalInformation', role: 'theInformation' }],
    },
    { id: 9, type: 'Novelty', instruction: 2, version: 0 },
    { id: 10, type: 'Wreck', spatial: [{ kind: 110, id: 2 }] },
  ],
}

/** Datasets and updates of S-101 with every kind of record and edit of the writer. */
export function s101Seeds(): S101Seed[] {
  const base = { name: `${NAME}.000`, bytes: writeDatasetRecords(RECORDS) }
  const update = { name: `${NAME}.001`, bytes: writeDatasetUpdate(UPDATE) }
  const twins = { name: 'XX5TWINS.000', bytes: writeDataset(twinSpecs({ seed: 5, squares: 1, vertices: 4 }).s101) }
  const cancellation = { name: `${NAME}.002`, bytes: writeDatasetUpdate({ name: NAME, edition: 0, updateNumber: 2 }) }
  return [
    { target: 's101', ...base, weight: 24, before: [] },
    { target: 's101', ...twins, weight: 12, before: [] },
    { target: 's101 update', ...update, weight: 20, before: [base] },
    { target: 's101 update', ...cancellation, weight: 3, before: [base, update] },
  ]
}
