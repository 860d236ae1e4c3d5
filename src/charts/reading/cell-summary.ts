import { coveredPolygons } from '#compiled/write/covered-polygons.ts'
import { isGroupOneArea } from '#compiled/write/group-one.ts'
import { type Box, boxesOverlap, enclosingBox } from '#geo/box.ts'
import type { Extent } from '#geo/polygon.ts'
import { shortened } from '#lib/shortened.ts'
import { storableText } from '#lib/storable-text.ts'
import type { Cell, Feature, Standard } from '#s57/cell.ts'
import type { PackedGeometry } from '#s57/packed-geometry.ts'
import { fileKey, referencedName } from '#s57/referenced-files.ts'
import { type Coverage, coverageOf, coverageOfGround } from './coverage.ts'

/** What the database keeps about a parsed cell. */
export interface CellSummary {
  name: string
  standard: Standard
  edition: number
  update: number
  /** UADT and ISDT, 'YYYY-MM-DD'. */
  updateDate: string | null
  issueDate: string | null
  producer: number
  usageBand: number
  compilationScale: number
  /** An update cancels the cell; the rest then describes its last state. */
  cancelled: boolean
  coverage: Coverage['area']
  /** Whether it has no coverage area: then `coverage` is the ground of its group 1 areas, and its other objects are overlaid. */
  overlay: boolean
  box: Box
  featureCount: number
  /** Features of each object class, by acronym. */
  featuresByClass: Map<string, number>
  /** Texts and pictures that features name (TXTDSC, NTXTDS, PICREP), in upper case, each once. */
  references: string[]
  /** Why later updates that came with it are not applied; null when it is up to date. */
  stoppedBy: string | null
  warnings: string[]
}

/** A damaged cell may have a fault in every feature. */
const MOST_WARNINGS = 200
/** The name that a cell gives itself, which may be any text. */
const LONGEST_NAME = 100
const MOST_REFERENCES = 2_000
const REFERENCES = ['TXTDSC', 'NTXTDS', 'PICREP'] as const
/** `sort-files.ts` keeps no texts with longer names. */
const LONGEST_REFERENCE = 120

/**
 * Summarises a cell in one pass over its features.
 *
 * @param visit is called with each feature: assembling them again would double the time.
 * @throws Error when no feature of the cell has a position.
 */
export function summarise(cell: Cell, visit?: (feature: Feature) => void): CellSummary {
  const featuresByClass = new Map<string, number>()
  const areas: Feature[] = []
  /** Only needed while no M_COVR covers anything: one may be an area without data, or have no usable geometry. */
  let groupOne: Feature[] = []
  let hasCoverage = false
  const references = new Set<string>()
  const extent = emptyExtent()
  const drawn = emptyExtent()
  for (const feature of cell.features()) {
    visit?.(feature)
    featuresByClass.set(feature.acronym, (featuresByClass.get(feature.acronym) ?? 0) + 1)
    if (feature.acronym === 'M_COVR') {
      areas.push(feature)
      hasCoverage ||= coveredPolygons([feature]).polygons.length > 0
      if (hasCoverage) groupOne = []
    } else if (!hasCoverage && isGroupOneArea(feature)) groupOne.push(feature)
    collectReferences(feature, references)
    if (feature.geometry === null) continue
    extendBy(extent, feature.geometry)
    if (!isMeta(feature)) extendBy(drawn, feature.geometry)
  }
  const stated = coverageOf(areas)
  const coverage = stated ?? groundWithin(groupOne, extent, cell)
  const aside = isAside(drawn, coverage.box) ? [COVERAGE_ASIDE] : []
  const warnings = [...cell.warnings, ...coverage.warnings, ...aside].map((warning) => storableText(shortened(warning)))
  return {
    name: storableText(shortened(cell.name, LONGEST_NAME)),
    standard: cell.standard,
    edition: cell.edition,
    update: cell.updateNumber,
    updateDate: cell.updateApplicationDate,
    issueDate: cell.issueDate,
    producer: cell.producer,
    usageBand: cell.usageBand,
    compilationScale: cell.compilationScale,
    cancelled: cell.cancelled,
    coverage: coverage.area,
    overlay: stated === null,
    box: coverage.box,
    featureCount: cell.featureCount,
    featuresByClass,
    stoppedBy: null,
    references: [...references].sort(),
    warnings:
      warnings.length <= MOST_WARNINGS
        ? warnings
        : [...warnings.slice(0, MOST_WARNINGS), `and ${warnings.length - MOST_WARNINGS} more`],
  }
}

function collectReferences({ attributes, nationalAttributes }: Feature, found: Set<string>): void {
  for (const acronym of REFERENCES) {
    // NTXTDS belongs to the national attributes, but producers write it among the others as well.
    for (const value of [attributes.get(acronym), nationalAttributes.get(acronym)]) {
      const name = value === undefined ? null : referencedName(value)
      if (name === null || name.length > LONGEST_REFERENCE || /\p{C}/u.test(name) || found.size >= MOST_REFERENCES) continue
      found.add(fileKey(name))
    }
  }
}

const COVERAGE_ASIDE = 'none of its objects lies in its coverage areas (M_COVR), so none is drawn'

function emptyExtent(): Extent {
  return { west: Infinity, south: Infinity, east: -Infinity, north: -Infinity }
}

/** Objects that describe others, such as M_COVR itself. */
function isMeta({ acronym }: Feature): boolean {
  return acronym.startsWith('M_')
}

/** Whether objects lie outside a box, all of them. */
function isAside(drawn: Extent, box: Box): boolean {
  const around = drawn.west > drawn.east ? null : enclosingBox([drawn])
  return around !== null && !boxesOverlap(around, box)
}

/** The ground of a cell without M_COVR; its box is that of all its features. */
function groundWithin(groupOne: readonly Feature[], extent: Extent, cell: Cell): Coverage {
  if (extent.west > extent.east) {
    if (cell.cancelled) return coverageOfGround([], { west: 0, south: 0, east: 0, north: 0 }, [])
    throw new Error(`${cell.name} has no coverage area (M_COVR), and none of its features has a position`)
  }
  return coverageOfGround(groupOne, extent, [
    'the cell has no coverage area (M_COVR): it covers the ground of its group 1 areas only, and its other objects are overlaid',
  ])
}

function extendBy(extent: Extent, { positions, width }: PackedGeometry): void {
  for (let i = 0; i < positions.length; i += width) {
    const longitude = positions[i] ?? Number.NaN
    const latitude = positions[i + 1] ?? Number.NaN
    if (longitude < extent.west) extent.west = longitude
    if (longitude > extent.east) extent.east = longitude
    if (latitude < extent.south) extent.south = latitude
    if (latitude > extent.north) extent.north = latitude
  }
}
