// The words of the map; names of object classes and values come from the server as sentences. A missing key is an error where it is used.

export const THEME_WORDS = { day: 'Day', dusk: 'Dusk', night: 'Night' } as const

/** Each switch of the map with what it hides when it is off. */
export const GROUP_WORDS = {
  soundings: { name: 'Soundings', hides: 'The numbers of single depths' },
  contours: { name: 'Depth contours', hides: 'Contours and their labels, except the safety contour' },
  seabed: { name: 'Seabed and currents', hides: 'Nature of the seabed, sand waves, currents, tides, magnetic variation' },
  aids: { name: 'Buoys and beacons', hides: 'Buoys, beacons, fog signals, radar beacons, signal and pilot stations' },
  lights: { name: 'Lights', hides: 'Lights, their descriptions and sectors' },
  areas: { name: 'Areas and routes', hides: 'Limits and symbols of areas, traffic lanes, tracks, cables and pipelines' },
  land: { name: 'Details on land', hides: 'Buildings, landmarks, roads, heights, vegetation' },
  names: { name: 'Names and notes', hides: 'Names of waters, places and areas' },
} as const

export const KIND_WORDS = {
  danger: 'Dangers',
  aid: 'Aids to navigation',
  rule: 'Rules and areas',
  depth: 'Depth here',
  other: 'Also charted here',
} as const

export const GAP_WORDS = {
  noChart: 'no chart',
  land: 'land',
  unsurveyed: 'not surveyed',
  structure: 'a structure',
  noDepth: 'no depth charted',
} as const

export const UNKNOWN_WORDS = {
  land: 'land',
  unsurveyed: 'ground that is not surveyed',
  structure: 'a structure',
  depth: 'ground without a charted depth',
  danger: 'a danger of unknown depth',
} as const

export const NOT_FOR_NAVIGATION = 'Not for navigation'
