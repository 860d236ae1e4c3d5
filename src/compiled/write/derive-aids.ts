import { listedCodes } from '#s57/describe/listed-codes.ts'
import { shortName } from '#s57/describe/short-name.ts'
import type { DerivedProperties } from './derived-value.ts'

/** What deriving needs of an object. */
export interface ChartObject {
  acronym: string
  attributes: ReadonlyMap<string, string>
}

const NAMED = new Set(['LITFLT', 'LITVES', 'DAYMAR', 'TOPMAR', 'LIGHTS', 'FOGSIG', 'RTPBCN'])
/** CATMOR of a mooring buoy. */
const MOORING_BUOY = '7'

/** Whether an object is an aid to navigation that has a `label`. */
export function isAid({ acronym }: ChartObject): boolean {
  return isMark(acronym) || NAMED.has(acronym.toUpperCase())
}

/** Derives `label` of an aid to navigation; nothing when it has no name. */
export function deriveLabel({ attributes }: ChartObject, derived: DerivedProperties): void {
  const label = shortName(attributes.get('OBJNAM') ?? '')
  if (label !== '') derived.set('label', label)
}

/**
 * Derives what aids at one place say about each other: `floating` of topmarks and daymarks, `TOPSHP`, `daymarkShape` and `daymarkColour`
 * of buoys, beacons and light floats. Of several topmarks or daymarks the first counts.
 *
 * @param derived the properties of each object.
 */
export function deriveCompanions(objects: readonly ChartObject[], derived: readonly DerivedProperties[]): void {
  const floats = objects.some(isFloating)
  const topmark = objects.find(({ acronym }) => acronym.toUpperCase() === 'TOPMAR')
  const daymark = objects.find(({ acronym }) => acronym.toUpperCase() === 'DAYMAR')
  for (const [i, { acronym, attributes }] of objects.entries()) {
    const own = derived[i]!
    if (isMark(acronym)) {
      if (!attributes.get('TOPSHP')) setCode(own, 'TOPSHP', topmark?.attributes.get('TOPSHP'))
      setCode(own, 'daymarkShape', daymark?.attributes.get('TOPSHP'))
      const colours = listedCodes(daymark?.attributes.get('COLOUR'))
      if (colours.length > 0) own.set('daymarkColour', colours.join(','))
    } else if (floats && ['TOPMAR', 'DAYMAR'].includes(acronym.toUpperCase())) own.set('floating', true)
  }
}

function isMark(acronym: string): boolean {
  return /^(BOY|BCN)[A-Z]|^LIT(FLT|VES)$/i.test(acronym)
}

function isFloating({ acronym, attributes }: ChartObject): boolean {
  if (/^BOY[A-Z]|^LIT(FLT|VES)$/i.test(acronym)) return true
  return acronym.toUpperCase() === 'MORFAC' && attributes.get('CATMOR') === MOORING_BUOY
}

function setCode(derived: DerivedProperties, name: string, code: string | undefined): void {
  if (code !== undefined && /^\d{1,3}$/.test(code)) derived.set(name, Number(code))
}
