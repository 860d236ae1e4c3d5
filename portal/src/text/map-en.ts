// The words of the map. Names of object classes and values come from the server as sentences.

import type { DepthGap, Unknown } from '../pages/map/chart-feature.ts'
import type { GroupName } from '../pages/map/group-names.ts'
import type { Theme } from '../pages/map/map-view.ts'
import type { Kind } from '../pages/map/things.ts'
import type { DepthUnit } from '../pages/map/units.ts'

export const THEME_WORDS: Readonly<Record<Theme, string>> = { day: 'Day', dusk: 'Dusk', night: 'Night' }

export const UNIT_WORDS: Readonly<Record<DepthUnit, string>> = { meters: 'Metres', feet: 'Feet', fathoms: 'Fathoms' }

/** Each switch of the map with what it hides when it is off. */
export const GROUP_WORDS: Readonly<Record<GroupName, { name: string; hides: string }>> = {
  soundings: { name: 'Soundings', hides: 'The numbers of single depths' },
  contours: { name: 'Depth contours', hides: 'Contours and their labels, except the safety contour' },
  seabed: { name: 'Seabed and currents', hides: 'Nature of the seabed, sand waves, currents, tides, magnetic variation' },
  aids: { name: 'Buoys and beacons', hides: 'Buoys, beacons, fog signals, radar beacons, signal and pilot stations' },
  lights: { name: 'Lights', hides: 'Lights, their descriptions and sectors' },
  areas: { name: 'Areas and routes', hides: 'Limits and symbols of areas, traffic lanes, tracks, cables and pipelines' },
  land: { name: 'Details on land', hides: 'Buildings, landmarks, roads, heights, vegetation' },
  names: { name: 'Names and notes', hides: 'Names of waters, places and areas' },
}

export const KIND_WORDS: Readonly<Record<Kind, string>> = {
  danger: 'Dangers',
  aid: 'Aids to navigation',
  rule: 'Rules and areas',
  depth: 'Depth here',
  other: 'Also charted here',
}

export const GAP_WORDS: Readonly<Record<DepthGap['reason'], string>> = {
  noChart: 'no chart',
  land: 'land',
  unsurveyed: 'not surveyed',
  structure: 'a structure',
  noDepth: 'no depth charted',
}

export const UNKNOWN_WORDS: Readonly<Record<Unknown, string>> = {
  land: 'land',
  unsurveyed: 'ground that is not surveyed',
  structure: 'a structure',
  depth: 'ground without a charted depth',
  danger: 'a danger of unknown depth',
}

export const NOT_FOR_NAVIGATION = 'Not for navigation'
