// The layout of the file (docs/compiled-cell.md): 32 bytes of head, the section table, then the sections, each at a multiple of 8.

/** Files with another version are compiled again. Raise it with every change of what is read or what the compiler writes. */
export const COMPILED_VERSION = 6

/** "CHRTCELL". */
export const MAGIC = [0x43, 0x48, 0x52, 0x54, 0x43, 0x45, 0x4c, 0x4c] as const
export const HEAD_BYTES = 32
export const TABLE_ROW_BYTES = 16
/** The checksum covers the file from this offset on. */
export const CHECKED_FROM = 24

/** Numbers of the sections, in the order of the file. A number is never reused for something else. */
export const SECTION = {
  header: 1,
  texts: 2,
  textStart: 3,
  objectClass: 10,
  primitive: 11,
  featureFlags: 12,
  minZoom: 13,
  agency: 14,
  featureId: 15,
  featureSubdivision: 16,
  featureBox: 17,
  ownDepth: 18,
  besideDepth: 19,
  dangerClass: 20,
  derivedStart: 24,
  derivedKey: 25,
  derivedValue: 26,
  pointStart: 30,
  pointXY: 31,
  pointDepth: 32,
  pointZoom: 33,
  partStart: 40,
  partKind: 41,
  partZoom: 42,
  partArcStart: 43,
  partArcs: 44,
  runStart: 46,
  runPart: 47,
  runFlags: 48,
  runShallow: 49,
  arcStart: 50,
  arcBox: 51,
  arcFlags: 52,
  vertexXY: 53,
  vertexZoom: 54,
  runDeep: 55,
  areaSide: 56,
  anchorStart: 57,
  anchorXY: 58,
  anchorZoom: 59,
  attributeStart: 60,
  attributeKey: 61,
  attributeValue: 62,
  valueKind: 63,
  valueNumber: 64,
  valueText: 65,
  referenceStart: 70,
  referenceTarget: 71,
  referenceRelation: 72,
  lightFeature: 80,
  lightKind: 81,
  lightFrom: 82,
  lightTo: 83,
  lightRange: 84,
  lightColour: 85,
  lightFaint: 86,
  lightRing: 87,
  featureIndex: 90,
  indexedFeatures: 91,
  soundingIndex: 92,
  indexedPoints: 93,
  indexedPointFeature: 94,
} as const

export type SectionName = keyof typeof SECTION

/** The fields of the section `header`, in order. They are float64, which is exact for every integer that occurs. */
export const HEADER_FIELDS = [
  'name',
  'edition',
  'update',
  'issueDate',
  'updateDate',
  'producer',
  'usageBand',
  'compilationScale',
  'nativeZoom',
  'minX',
  'minY',
  'maxX',
  'maxY',
  'coverageStart',
  'coverageEnd',
] as const
