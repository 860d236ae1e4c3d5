import type { Geometry, Position } from '#s57/geometry.ts'
import type { CellSpec, FeatureSpec } from '#s57/writer/cell-spec.ts'
import { writeCell } from '#s57/writer/write-cell.ts'
import { madeIdentity } from '#s101/to-s57/made-objects.ts'
import type { AttributeSpec, DatasetSpec, FeatureSpec as FeatureSpec101 } from '#s101/writer/dataset-spec.ts'
import { writeDataset } from '#s101/writer/write-dataset.ts'
import { inventedCellSpec, seededRandom } from '../s57/invented-cells.ts'

// Cells of invented sea bed, written in both standards with equal content.

export const AGENCY = 560
const SCALE = 12_000

/** A feature in both standards. */
interface Twin {
  /** One feature, or the features that S-57 needs for one S-101 feature. Their identities are set when the cell is put together. */
  s57: FeatureSpec[]
  s101: FeatureSpec101
}

export const attribute = (name: string, value: string | number | boolean): AttributeSpec => ({ name, value })
export const complex = (name: string, ...children: AttributeSpec[]): AttributeSpec => ({ name, children })
const nameOf = (name: string | number, language = 'eng') =>
  complex('featureName', attribute('language', language), attribute('name', name))

/** The S-101 feature of one of the invented cell, whose attributes are few. */
function converted(feature: FeatureSpec, lightOf: (key: string) => string): FeatureSpec101 {
  const { attributes = {}, nationalAttributes = {}, geometry = null, key, references = [] } = feature
  const renamed: Readonly<Record<string, string>> = {
    DRVAL1: 'depthRangeMinimumValue',
    DRVAL2: 'depthRangeMaximumValue',
    SORDAT: 'reportedDate',
    VALDCO: 'valueOfDepthContour',
    BOYSHP: 'buoyShape',
    CATLAM: 'categoryOfLateralMark',
    VALNMR: 'valueOfNominalRange',
  }
  const rhythm = complex(
    'rhythmOfLight',
    ...Object.entries({ lightCharacteristic: 'LITCHR', signalPeriod: 'SIGPER' })
      .filter(([, acronym]) => acronym in attributes)
      .map(([name, acronym]) => attribute(name, attributes[acronym]!)),
  )
  const own = Object.entries(attributes).flatMap(([acronym, value]): AttributeSpec[] => {
    if (acronym in renamed) return [attribute(renamed[acronym]!, value)]
    if (acronym === 'COLOUR')
      return String(value)
        .split(',')
        .map((colour) => attribute('colour', colour))
    if (acronym === 'OBJNAM') return [nameOf(value)]
    return []
  })
  if ('NOBJNM' in nationalAttributes) own.push(nameOf(nationalAttributes['NOBJNM']!, 'ces'))
  if (rhythm.children!.length > 0) own.push(rhythm)
  const types: Readonly<Record<string, string>> = {
    DEPARE: 'DepthArea',
    LNDARE: 'LandArea',
    COALNE: 'Coastline',
    DEPCNT: 'DepthContour',
    SOUNDG: 'Sounding',
    BOYLAT: 'LateralBuoy',
    LIGHTS: 'LightAllAround',
  }
  return {
    type: types[String(feature.objectClass)]!,
    attributes: own,
    geometry,
    ...(key === undefined ? {} : { key: lightOf(key) }),
    associations: references.map((to) => ({ key: lightOf(to.key), association: 'StructureEquipment', role: 'theEquipment' })),
  }
}

const point = (at: Position): Geometry => ({ type: 'Point', coordinates: at })

/** Features whose conversion takes more than a renaming, at `at`. */
function special(at: (dx: number, dy: number) => Position): Twin[] {
  const mark = point(at(0.2, 0.2))
  const light = point(at(0.5, 0.5))
  const square = (x: number, y: number, size: number): Geometry => ({
    type: 'Polygon',
    coordinates: [[at(x, y), at(x + size, y), at(x + size, y + size), at(x, y + size), at(x, y)]],
  })
  const bridge: Geometry = { type: 'LineString', coordinates: [at(0.1, 0.9), at(0.9, 0.95)] }
  const sector = (colour: number, from: number, to: number) =>
    complex(
      'lightSector',
      attribute('colour', colour),
      attribute('valueOfNominalRange', 9),
      complex(
        'sectorLimit',
        complex('sectorLimitOne', attribute('sectorBearing', from)),
        complex('sectorLimitTwo', attribute('sectorBearing', to)),
      ),
    )
  const sectorS57 = (colour: number, from: number, to: number): FeatureSpec => ({
    objectClass: 'LIGHTS',
    attributes: {
      ...{ COLOUR: colour, VALNMR: 9, SECTR1: from, SECTR2: to, LITCHR: 2, SIGGRP: '(2)', SIGPER: 6 },
      SCAMIN: 45000,
    },
    geometry: light,
  })
  return [
    {
      s57: [
        { objectClass: 'BCNCAR', attributes: { BCNSHP: 1, CATCAM: 1, COLOUR: '2,6', COLPAT: 1 }, geometry: mark },
        { objectClass: 'TOPMAR', attributes: { TOPSHP: 13, COLOUR: 2 }, geometry: mark },
      ],
      s101: {
        type: 'CardinalBeacon',
        attributes: [
          ...[
            attribute('beaconShape', 1),
            attribute('categoryOfCardinalMark', 1),
            attribute('colour', 2),
            attribute('colour', 6),
          ],
          attribute('colourPattern', 1),
          complex('topmark', attribute('topmarkDaymarkShape', 13), attribute('colour', 2)),
        ],
        geometry: mark,
      },
    },
    {
      s57: [sectorS57(3, 10, 90), sectorS57(1, 90, 120), sectorS57(4, 120, 200)],
      s101: {
        type: 'LightSectored',
        attributes: [
          attribute('scaleMinimum', 45000),
          complex(
            'sectorCharacteristics',
            ...[attribute('lightCharacteristic', 2), attribute('signalGroup', '(2)'), attribute('signalPeriod', 6)],
            ...[sector(3, 10, 90), sector(1, 90, 120), sector(4, 120, 200)],
          ),
        ],
        geometry: light,
      },
    },
    {
      s57: [
        {
          objectClass: 'WRECKS',
          attributes: { CATWRK: 2, VALSOU: 7.5, WATLEV: 3, QUASOU: 6, INFORM: 'Stern up' },
          geometry: point(at(0.7, 0.3)),
        },
      ],
      s101: {
        type: 'Wreck',
        attributes: [
          ...[attribute('categoryOfWreck', 2), attribute('valueOfSounding', 7.5), attribute('waterLevelEffect', 3)],
          ...[
            attribute('qualityOfVerticalMeasurement', 6),
            complex('information', attribute('language', 'eng'), attribute('text', 'Stern up')),
          ],
        ],
        geometry: point(at(0.7, 0.3)),
      },
    },
    {
      s57: [{ objectClass: 'OBSTRN', attributes: { CATOBS: 7, VALSOU: '' }, geometry: square(0.3, 0.7, 0.05) }],
      s101: { type: 'FoulGround', attributes: [attribute('valueOfSounding', '')], geometry: square(0.3, 0.7, 0.05) },
    },
    {
      s57: [{ objectClass: 'SBDARE', attributes: { NATSUR: '4,1', NATQUA: ',4' }, geometry: point(at(0.8, 0.2)) }],
      s101: {
        type: 'SeabedArea',
        attributes: [
          complex('surfaceCharacteristics', attribute('natureOfSurface', 4)),
          complex('surfaceCharacteristics', attribute('natureOfSurface', 1), attribute('natureOfSurfaceQualifyingTerms', 4)),
        ],
        geometry: point(at(0.8, 0.2)),
      },
    },
    {
      s57: [{ objectClass: 'MORFAC', attributes: { CATMOR: 1, CONRAD: 1 }, geometry: point(at(0.15, 0.6)) }],
      s101: { type: 'Dolphin', attributes: [attribute('radarConspicuous', true)], geometry: point(at(0.15, 0.6)) },
    },
    {
      s57: [{ objectClass: 'RESARE', attributes: { RESTRN: '1,7', CATREA: 4 }, geometry: square(0.6, 0.6, 0.2) }],
      s101: {
        type: 'RestrictedArea',
        attributes: [attribute('restriction', 1), attribute('restriction', 7), attribute('categoryOfRestrictedArea', 4)],
        geometry: square(0.6, 0.6, 0.2),
      },
    },
    {
      s57: [],
      s101: { type: 'Bridge', key: 'bridge', attributes: [nameOf('Long bridge'), attribute('openingBridge', 0)], geometry: null },
    },
    {
      s57: [{ objectClass: 'BRIDGE', attributes: { CATBRG: 1, VERCLR: 12.5, OBJNAM: 'Long bridge' }, geometry: bridge }],
      s101: {
        type: 'SpanFixed',
        attributes: [complex('verticalClearanceFixed', attribute('verticalClearanceValue', 12.5))],
        associations: [{ key: 'bridge', association: 'BridgeAggregation', role: 'theCollection' }],
        geometry: bridge,
      },
    },
    {
      s57: [{ objectClass: 'CTNARE', attributes: { INFORM: 'Discoloured water' }, geometry: square(0.05, 0.05, 0.1) }],
      s101: { type: 'DiscolouredWater', geometry: square(0.05, 0.05, 0.1) },
    },
  ]
}

/** A cell in both standards. */
export interface TwinCells {
  s57: CellSpec
  s101: DatasetSpec
}

/** Puts a cell of invented sea bed together in both standards: equal seeds give equal cells. */
export function twinSpecs({ seed, squares, vertices }: { seed: number; squares: number; vertices: number }): TwinCells {
  const random = seededRandom(seed)
  const invented = inventedCellSpec({ name: 'XX5TWINS', seed, squares, vertices })
  const size = 0.01 * squares
  const [west, south] = [-40, 50]
  const places = new Map<string, Position>()
  const at = (dx: number, dy: number): Position => {
    const place = places.get(`${dx} ${dy}`) ?? [
      Math.round((west + (dx + random() * 1e-3) * size) * 1e6) / 1e6,
      Math.round((south + (dy + random() * 1e-3) * size) * 1e6) / 1e6,
    ]
    places.set(`${dx} ${dy}`, place)
    return place
  }
  const margin = 0.01
  const [w, s, e, n] = [west - margin, south - margin, west + size + margin, south + size + margin]
  const limits: Geometry = {
    type: 'Polygon',
    coordinates: [
      [
        [w, s],
        [e, s],
        [e, n],
        [w, n],
        [w, s],
      ],
    ],
  }
  const coverage: Twin = {
    s57: [{ objectClass: 'M_COVR', attributes: { CATCOV: 1 }, geometry: limits }],
    s101: {
      type: 'DataCoverage',
      attributes: [attribute('optimumDisplayScale', SCALE), attribute('maximumDisplayScale', 4000)],
      geometry: limits,
    },
  }
  const corners = [at(0, 0), at(0.03, 0), at(0.03, 0.03)]
  const lines: Geometry = { type: 'LineString', coordinates: corners }
  const approximate: Twin = {
    s57: [{ objectClass: 'COALNE', edgeAttributes: { QUAPOS: 4 }, geometry: lines }],
    s101: { type: 'Coastline', quality: 'approximate', geometry: lines },
  }
  const plain = invented.features.map((feature): Twin => {
    const { nationalAttributes, ...rest } = feature
    const own = { ...rest, attributes: withoutEmpty(feature.attributes ?? {}) }
    return {
      s57: [nationalAttributes === undefined ? own : { ...own, nationalAttributes }],
      s101: converted(feature, (key) => key),
    }
  })
  const twins = [coverage, ...plain, ...special(at), approximate]
  const s57: FeatureSpec[] = []
  const s101: FeatureSpec101[] = []
  for (const [i, twin] of twins.entries()) {
    const identity = { agency: AGENCY, featureId: 1000 + i, featureSubdivision: 1 }
    const isMark = twin.s57[1]?.objectClass === 'TOPMAR'
    s101.push({ ...twin.s101, ...identity })
    for (const [number, feature] of twin.s57.entries()) {
      const own = { ...feature, ...madeIdentity(identity, number) }
      s57.push(
        isMark && number === 0
          ? { ...own, references: [{ key: 'topmark', relation: 2 }] }
          : isMark
            ? { ...own, key: 'topmark' }
            : own,
      )
    }
  }
  return {
    s57: { ...{ name: 'XX5TWINS', producer: AGENCY, usageBand: 5, compilationScale: SCALE, nationalLevel: 2 }, features: s57 },
    s101: {
      name: 'XX5TWINS',
      information: [{ key: 'approximate', type: 'SpatialQuality', attributes: [attribute('qualityOfHorizontalMeasurement', 4)] }],
      features: s101,
    },
  }
}

/** The files of a cell in both standards. */
export function twinCells(options: { seed: number; squares: number; vertices: number }) {
  const { s57, s101 } = twinSpecs(options)
  return {
    s57: { name: 'XX5TWINS.000', bytes: writeCell(s57) },
    s101: { name: 'XX5TWINS.000', bytes: writeDataset(s101) },
  }
}

function withoutEmpty(attributes: Readonly<Record<string, string | number>>) {
  return Object.fromEntries(Object.entries(attributes).filter(([, value]) => value !== ''))
}
