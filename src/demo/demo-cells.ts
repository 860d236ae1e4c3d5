import type { FeatureSpec } from '#s57/writer/cell-spec.ts'
import { writeCell } from '#s57/writer/write-cell.ts'
import { writeUpdate } from '#s57/writer/write-update.ts'
import { boxRing, cellFeatures } from './cell-features.ts'
import { CELL_PLANS, type CellPlan } from './demo-cell-plans.ts'
import type { MirrorCell } from './mirror-cell.ts'
import { toDegrees } from './relief.ts'
import { dangers } from './sea-floor.ts'
import { seaMarks } from './sea-marks.ts'
import { shoreWorks } from './shore-works.ts'

/** A cell of the invented coast with its files. */
export type DemoCell = MirrorCell

const EDITION = 3
const ISSUED = '2026-02-02'
const UPDATED = '2026-03-16'
const ZIPPED = '2026-03-17T05:00:00Z'
/** The cell that has an update. */
const UPDATED_CELL = 'XX5DEMOC'

/**
 * Makes the cells of the invented coast, always the same bytes: an overview at 1:700,000, a coastal cell at 1:90,000 and three harbour
 * cells at 1:12,000 that meet along their sides, one of them with an update. Takes one or two seconds.
 */
export function demoCells(): DemoCell[] {
  const scene = [...seaMarks(), ...shoreWorks(), ...dangers()]
  return CELL_PLANS.map((plan, i): DemoCell => {
    // FIDS distinguishes the cells, whose features have the same numbers.
    const features = cellFeatures(plan, scene, i + 1).map((feature) => ({ ...feature, featureSubdivision: i + 1 }))
    const header = { name: plan.name, edition: EDITION, usageBand: plan.usageBand, compilationScale: plan.scale }
    const base = writeCell({
      ...header,
      features,
      dataLimit: plan.box,
      issueDate: ISSUED,
      updateApplicationDate: ISSUED,
      comment: 'Invented by Chartroom; not for navigation',
    })
    const files = [{ name: `${plan.name}.000`, bytes: base }]
    const hasUpdate = plan.name === UPDATED_CELL
    if (hasUpdate) files.push({ name: `${plan.name}.001`, bytes: update(plan, header, features, i + 1) })
    return {
      name: plan.name,
      longName: plan.longName,
      scale: plan.scale,
      status: 'Active',
      edition: EDITION,
      updateNumber: hasUpdate ? 1 : 0,
      updateApplicationDate: ISSUED,
      issueDate: hasUpdate ? UPDATED : ISSUED,
      zipDate: ZIPPED,
      panels: [{ type: 'exterior', ring: boxRing(plan.box) }],
      files,
    }
  })
}

/** Writes the update: a new wreck in the bay, and the first lateral buoy reported unlit. */
function update(
  plan: CellPlan,
  header: { name: string; edition: number },
  features: readonly FeatureSpec[],
  cellNumber: number,
): Uint8Array {
  const buoy = features.findIndex(({ objectClass }) => objectClass === 'BOYLAT') + 1
  const wreck = toDegrees([9.2, -10.9])
  const inform = { INFORM: 'Reported unlit (2026)' }
  return writeUpdate({
    ...header,
    usageBand: plan.usageBand,
    issueDate: UPDATED,
    features: [
      { id: buoy, objectClass: 'BOYLAT', primitive: 1, instruction: 3, featureSubdivision: cellNumber, attributes: inform },
    ],
    insert: [
      {
        objectClass: 'WRECKS',
        featureSubdivision: cellNumber,
        attributes: { CATWRK: 2, VALSOU: 6.4, WATLEV: 3, OBJNAM: 'Evensong' },
        geometry: { type: 'Point', coordinates: wreck },
      },
    ],
  })
}
