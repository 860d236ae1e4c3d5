import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Position } from '#s57/geometry.ts'
import type { AttributeSpec, DatasetSpec, FeatureSpec } from '../writer/dataset-spec.ts'
import { writeDataset, writeDatasetRecords } from '../writer/write-dataset.ts'
import { readCell } from './read-cell.ts'

const simple = (name: string, value: string | number | boolean): AttributeSpec => ({ name, value })
const complex = (name: string, ...children: AttributeSpec[]): AttributeSpec => ({ name, children })
const at = (x: number, y: number) => ({ type: 'Point' as const, coordinates: [x, y] as Position })

function cellOf(features: FeatureSpec[], more: Partial<DatasetSpec> = {}) {
  const bytes = writeDataset({ name: '101XX00TEST', features, ...more })
  return readCell({ name: '101XX00TEST.000', bytes })
}
const convert = (feature: FeatureSpec, more: Partial<DatasetSpec> = {}) => [...cellOf([feature], more).features()]
const attributesOf = (type: string, ...attributes: AttributeSpec[]) =>
  Object.fromEntries(convert({ type, attributes, geometry: at(0, 0) })[0]!.attributes)

test('the English name becomes OBJNAM and the first in another language NOBJNM', () => {
  const name = (language: string, text: string) => complex('featureName', simple('language', language), simple('name', text))
  const [feature] = convert({ type: 'LandRegion', attributes: [name('fin', 'Saari'), name('eng', 'Island')], geometry: at(0, 0) })
  assert.deepEqual([...feature!.attributes], [['OBJNAM', 'Island']])
  assert.deepEqual([...feature!.nationalAttributes], [['NOBJNM', 'Saari']])
})

test('values that S-57 does not have are left out, and unknown values stay unknown', () => {
  assert.deepEqual(attributesOf('Obstruction', simple('categoryOfObstruction', 12), simple('valueOfSounding', '')), {
    VALSOU: '',
  })
})

test('booleans are read in both spellings', () => {
  assert.deepEqual(attributesOf('Wreck', simple('radarConspicuous', 'true')), { CONRAD: '1' })
  assert.deepEqual(attributesOf('Wreck', simple('radarConspicuous', '0')), { CONRAD: '2' })
})

test('dates with unknown parts are written as S-57 has them', () => {
  const period = complex('periodicDateRange', simple('dateStart', '----0430'), simple('dateEnd', '--1031'))
  assert.deepEqual(attributesOf('AnchorageArea', period, simple('reportedDate', '1939----')), {
    PERSTA: '--0430',
    PEREND: '--1031',
    SORDAT: '1939',
  })
})

test('the rhythm of a light becomes one character, group, period and sequence', () => {
  const step = (status: number, seconds: number) =>
    complex('signalSequence', simple('signalStatus', status), simple('signalDuration', seconds))
  const rhythm = [
    simple('lightCharacteristic', 2),
    simple('signalGroup', '(2)'),
    simple('signalGroup', '(1)'),
    simple('signalPeriod', 10),
  ]
  assert.deepEqual(attributesOf('LightAllAround', complex('rhythmOfLight', ...rhythm, step(1, 0.5), step(2, 9.5))), {
    LITCHR: '2',
    SIGGRP: '(2)(1)',
    SIGPER: '10',
    SIGSEQ: '00.5+(09.5)',
  })
})

test('a sector with a direction is a directional light', () => {
  const direction = complex(
    'directionalCharacter',
    simple('moireEffect', true),
    complex('orientation', simple('orientationValue', 45)),
  )
  const sector = complex('sectorCharacteristics', complex('lightSector', simple('colour', 1), direction))
  assert.deepEqual(attributesOf('LightSectored', sector), { COLOUR: '1', CATLIT: '1,16', ORIENT: '45' })
})

test('a shared text becomes the information of every feature that names it', () => {
  const information = [
    { key: 'n', type: 'NauticalInformation', attributes: [complex('information', simple('text', 'Keep clear'))] },
  ]
  const link = [{ key: 'n', association: 'AdditionalInformation', role: 'theInformation' }]
  const [feature] = convert({ type: 'CautionArea', information: link, geometry: at(0, 0) }, { information })
  assert.equal(feature!.attributes.get('INFORM'), 'Keep clear')
  assert.deepEqual(JSON.parse(feature!.original!.toJson()), {
    featureType: 'CautionArea',
    attributes: {},
    information: [{ featureType: 'NauticalInformation', attributes: { information: { text: 'Keep clear' } } }],
  })
})

test('a light that names its structure, and a structure that names its light, give one reference from the structure', () => {
  const association = 'StructureEquipment'
  const features = [
    ...cellOf([
      {
        type: 'Landmark',
        key: 'tower',
        featureId: 1,
        geometry: at(0, 0),
        associations: [{ key: 'light', association, role: 'theEquipment' }],
      },
      {
        type: 'LightAllAround',
        key: 'light',
        featureId: 2,
        geometry: at(0, 0),
        associations: [{ key: 'tower', association, role: 'theStructure' }],
      },
    ]).features(),
  ]
  assert.deepEqual(
    features.map(({ references }) => references.map(({ featureId, relation }) => [featureId, relation])),
    [[[2, 2]], []],
  )
})

test('a collection of many members points once to each, when both sides name the association', () => {
  const association = 'AidsToNavigationAssociation'
  const keys = Array.from({ length: 40 }, (_, i) => `mark ${i}`)
  const [collection] = cellOf([
    {
      type: 'AidsToNavigation',
      key: 'all',
      associations: [...keys, ...keys].map((key) => ({ key, association, role: 'theComponent' })),
    },
    ...keys.map((key, i) => ({
      ...{ type: 'CardinalBuoy', key, featureId: 100 + i, geometry: at(0, 0) },
      associations: [{ key: 'all', association, role: 'theCollection' }],
    })),
  ]).features()
  assert.deepEqual(
    collection!.references.map(({ featureId }) => featureId),
    keys.map((_, i) => 100 + i),
  )
})

test('soundings leave the accuracy of the lines after them where it is', () => {
  const soundings = [3, 4, 5].map((depth): Position => [depth / 10, 0, depth])
  const line = [
    [0, 0],
    [0.1, 0],
    [0.2, 0.1],
  ] as Position[]
  const features = [
    ...cellOf(
      [
        { type: 'Sounding', geometry: { type: 'MultiPoint', coordinates: soundings } },
        { type: 'DepthContour', geometry: { type: 'LineString', coordinates: line }, quality: 'approximate' },
      ],
      {
        information: [{ key: 'approximate', type: 'SpatialQuality', attributes: [simple('qualityOfHorizontalMeasurement', 4)] }],
      },
    ).features(),
  ]
  assert.deepEqual(
    features.map(({ geometry }) => [[...geometry!.positions], geometry!.flags && [...geometry!.flags]]),
    [
      [soundings.flat(), null],
      [line.flat(), [1, 1, 1]],
    ],
  )
})

test('each part of a scheme says whether the IMO adopted it', () => {
  const members = [{ key: 'part', association: 'TrafficSeparationSchemeAggregation', role: 'theComponent' }]
  const ring = [
    [0, 0],
    [1, 0],
    [1, 1],
    [0, 0],
  ] as Position[]
  const features = [
    ...cellOf([
      { type: 'TrafficSeparationScheme', attributes: [simple('iMOAdopted', 0)], associations: members },
      { type: 'TrafficSeparationSchemeLanePart', key: 'part', geometry: { type: 'Polygon', coordinates: [ring] } },
    ]).features(),
  ]
  assert.deepEqual(
    features.map(({ acronym, attributes }) => [acronym, attributes.get('CATTSS')]),
    [
      ['C_AGGR', '2'],
      ['TSSLPT', '2'],
    ],
  )
})

test('types without a class have layers of their own, and unknown ones share one', () => {
  const classes = ['Helipad', 'Novelty', 'TextPlacement'].flatMap((type) => convert({ type, geometry: at(0, 0) }))
  assert.deepEqual(
    classes.map(({ acronym, objectClass }) => [acronym, objectClass]),
    [
      ['s101_helipad', 60_001],
      ['s101_other', 60_000],
    ],
  )
})

test('the compilation scale is the largest of the coverages, and the usage band follows from it unless it is stated', () => {
  const coverage = (...attributes: AttributeSpec[]) => ({ type: 'DataCoverage', attributes })
  const optimum = (scale: number) => simple('optimumDisplayScale', scale)
  const scaleOf = (...features: FeatureSpec[]) => {
    const { compilationScale, usageBand } = cellOf(features)
    return [compilationScale, usageBand]
  }
  assert.deepEqual(scaleOf(coverage(optimum(45_000)), coverage(optimum(22_000))), [22_000, 5])
  assert.deepEqual(scaleOf(coverage(simple('maximumDisplayScale', 180_000))), [180_000, 3])
  assert.deepEqual(scaleOf(coverage(optimum(90_001))), [90_001, 3])
  assert.deepEqual(scaleOf(coverage(optimum(3_000))), [3_000, 6])
  assert.deepEqual(scaleOf(coverage(optimum(22_000), simple('drawingIndex', 4))), [22_000, 4])
})

test('texts that features share too often are refused', () => {
  const information = [
    { key: 'n', type: 'NauticalInformation', attributes: [complex('information', simple('text', 'x'.repeat(60_000)))] },
  ]
  const link = { key: 'n', association: 'AdditionalInformation', role: 'theInformation' }
  const features = Array.from({ length: 60 }, () => ({ type: 'CautionArea', information: [link], geometry: at(0, 0) }))
  assert.throws(() => [...cellOf(features, { information }).features()], /share texts so often/)
})

test('values that are names of JavaScript stay unknown to the conversion', () => {
  for (const name of ['constructor', 'toString', '__proto__']) {
    const [mark] = convert({ type: 'Landmark', attributes: [simple('categoryOfLandmark', name)], geometry: at(0, 0) })
    assert.equal(mark!.acronym, 'LNDMRK')
    assert.deepEqual(attributesOf('Bridge', simple('bridgeConstruction', name), simple('bridgeFunction', name)), {})
    const limit = complex('vesselSpeedLimit', simple('speedLimit', 5), simple('speedUnits', name))
    assert.deepEqual(attributesOf('RestrictedArea', limit), { RESTRN: '27', INFORM: 'Speed limit 5' })
  }
})

test('a signal sequence with a part of unknown length is unknown', () => {
  for (const length of ['', 'soon']) {
    const step = complex('signalSequence', simple('signalStatus', 1), simple('signalDuration', length))
    assert.deepEqual(attributesOf('LightAllAround', complex('rhythmOfLight', step)), { SIGSEQ: '' })
  }
})

const link = (id: number) => [{ id, association: 'AdditionalInformation', role: 'theInformation' }]
const hours = (text: string) => [complex('information', simple('text', text))]

test('queries name the information types tied to those of a feature, such as the exceptions of hours of service', () => {
  const bytes = writeDatasetRecords({
    name: '101XX00TEST',
    information: [
      { id: 1, type: 'ContactDetails', information: link(2) },
      { id: 2, type: 'ServiceHours', attributes: hours('Daily'), information: link(3) },
      { id: 3, type: 'NonStandardWorkingDay', attributes: hours('Not on holidays'), information: link(1) },
    ],
    features: [{ id: 1, type: 'PilotBoardingPlace', information: link(1) }],
  })
  const [place] = [...readCell({ name: '101XX00TEST.000', bytes }).features()]
  const exceptions = { featureType: 'NonStandardWorkingDay', attributes: { information: { text: 'Not on holidays' } } }
  const service = { featureType: 'ServiceHours', attributes: { information: { text: 'Daily' } }, information: [exceptions] }
  assert.deepEqual(JSON.parse(place!.original!.toJson()), {
    ...{ featureType: 'PilotBoardingPlace', attributes: {} },
    information: [{ featureType: 'ContactDetails', attributes: {}, information: [service] }],
  })
})

test('texts that come by way of other information types count against the same limit', () => {
  const many = Array.from({ length: 200 }, () => link(2)[0]!)
  const bytes = writeDatasetRecords({
    name: '101XX00TEST',
    information: [
      { id: 1, type: 'ContactDetails', information: many },
      { id: 2, type: 'ServiceHours', attributes: hours('x'.repeat(20_000)) },
    ],
    features: [{ id: 1, type: 'PilotBoardingPlace', information: link(1) }],
  })
  assert.throws(() => [...readCell({ name: '101XX00TEST.000', bytes }).features()], /share texts so often/)
})

test('a bridge of an early edition keeps all its categories', () => {
  assert.deepEqual(attributesOf('Bridge', simple('categoryOfBridge', 3), simple('categoryOfBridge', 7)), { CATBRG: '3,7' })
})

test('made objects have subdivisions from 32,768 on, however large that of their feature is', () => {
  for (const featureSubdivision of [1, 600, 65_535]) {
    const sectors = complex('sectorCharacteristics', complex('lightSector'), complex('lightSector'))
    const lights = convert({ type: 'LightSectored', attributes: [sectors], featureSubdivision, geometry: at(0, 0) })
    const [first, second] = lights.map((light) => light.featureSubdivision)
    assert.equal(first, featureSubdivision)
    assert.ok(second! >= 32_768 && second! <= 65_535)
  }
})
