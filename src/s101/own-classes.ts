/** A class for features of S-101 that S-57 has none for. */
export interface OwnClass {
  /** Number in compiled cells, far above those of S-57 (OBJL). A number is never given to another class. */
  code: number
  /** The layer: `s101_` and the feature type in lower case. */
  acronym: string
  name: string
}

const CLASSES: readonly OwnClass[] = [
  { code: 60_001, acronym: 's101_helipad', name: 'Helipad' },
  { code: 60_002, acronym: 's101_collisionregulationslimit', name: 'Collision regulations limit' },
  { code: 60_003, acronym: 's101_collisionregulations', name: 'Collision regulations' },
  { code: 60_004, acronym: 's101_marinepollutionregulationsarea', name: 'Marine pollution regulations area' },
  { code: 60_005, acronym: 's101_physicalaisaidtonavigation', name: 'Physical AIS aid to navigation' },
  { code: 60_006, acronym: 's101_pilotagedistrict', name: 'Pilotage district' },
  { code: 60_007, acronym: 's101_structureovernavigablewater', name: 'Structure over navigable water' },
  { code: 60_008, acronym: 's101_depthdiscontinuity', name: 'Depth discontinuity' },
]

/** The class of features of types that no edition of the catalogue up to 2.1 has. */
const OTHER_CLASS: OwnClass = { code: 60_000, acronym: 's101_other', name: 'Feature of an unknown type' }

/** By code. */
export const OWN_CLASSES: ReadonlyMap<number, OwnClass> = new Map([OTHER_CLASS, ...CLASSES].map((each) => [each.code, each]))

const byAcronym = new Map(CLASSES.map((each) => [each.acronym, each]))

/** The own class of a feature type: that for other types when it has none. */
export function ownClassOf(type: string): OwnClass {
  return byAcronym.get(`s101_${type.toLowerCase()}`) ?? OTHER_CLASS
}
