import { type AttributeNode, valueNamed } from '../attribute-node.ts'
import type { SpecialAttribute } from './special-attribute.ts'
import { isTrue } from './values.ts'

// Attributes that S-57 can only tell in words.

/** Adds a line when a boolean attribute is true. */
export const noteWhenTrue =
  (text: string): SpecialAttribute =>
  (node, _, __, result) => {
    if (isTrue(node.value)) result.note(text)
  }

/** Adds a line with the value and its unit. */
export const noteValue =
  (label: string, unit: string): SpecialAttribute =>
  (node, _, __, result) => {
    if (node.value !== '') result.note(`${label}: ${node.value}${unit === '' ? '' : ` ${unit}`}`)
  }

const DISTANCE_UNITS = ['metres', 'yards', 'kilometres', 'statute miles', 'nautical miles']

/** The distance on a distance mark, `12.5 kilometres`. */
export const addMeasuredDistance: SpecialAttribute = ({ children }, _, __, result) => {
  const distance = valueNamed(children, 'waterwayDistance')
  const unit = DISTANCE_UNITS[Number(valueNamed(children, 'distanceUnitOfMeasurement')) - 1]
  if (distance !== '') result.note(unit === undefined ? distance : `${distance} ${unit}`)
}

const SPEED_UNITS: ReadonlyMap<string, string> = new Map(Object.entries({ 2: 'km/h', 3: 'mph', 4: 'knots' }))
const SPEED_RESTRICTED = '27'

/** RESTRN 27 tells that there is a limit; the text says which. */
export const addSpeedLimit: SpecialAttribute = ({ children }, _, __, result) => {
  const limit = valueNamed(children, 'speedLimit')
  result.add('RESTRN', SPEED_RESTRICTED)
  if (limit !== '') result.note(`Speed limit ${limit} ${SPEED_UNITS.get(valueNamed(children, 'speedUnits')) ?? ''}`.trim())
}

/** TS_TSP: station, reference tide, and direction and rate for each hour of the tide. */
export const addTidalPanel: SpecialAttribute = (node, siblings, _, result) => {
  if (result.own.has('TS_TSP')) return
  const [station, name] = [valueNamed(siblings, 'stationNumber'), valueNamed(siblings, 'stationName')]
  const tide = valueNamed(node.children, 'referenceTide') === '2' ? 'LW' : 'HW'
  const hourOf = ({ children }: AttributeNode) => Number(valueNamed(children, 'timeRelativeToTide'))
  const streams = node.children.filter((child) => child.name === 'tidalStreamValue').toSorted((a, b) => hourOf(a) - hourOf(b))
  const pairs = streams.flatMap(({ children }) => [
    valueNamed(children.find((child) => child.name === 'orientation')?.children ?? [], 'orientationValue'),
    valueNamed(children, 'speedMaximum'),
  ])
  result.set('TS_TSP', [station, name, tide, ...pairs].join(','))
}
