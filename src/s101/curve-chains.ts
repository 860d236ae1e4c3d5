import { type Chain, createChain, setChain } from '#s57/edge-chain.ts'
import type { EdgeEnds } from '#s57/edge-ends.ts'
import type { RecordTable } from '#s57/record-table.ts'
import type { Rows } from '#s57/records.ts'
import { SEGMENT } from '#s57/segment-flags.ts'
import type { WorkBudget } from '#s57/work-budget.ts'
import type { DatasetStore } from './dataset-store.ts'
import type { PositionQuality } from './position-quality.ts'
import { COMPOSITE_CURVE, CUCO_WIDTH, CURVE, MASK_WIDTH, RIAS_WIDTH, recordName, type SpatialRecord } from './records.ts'

const REVERSE = 2
/** A real feature passes a curve at most twice (there and back); more would let a few bytes ask for any amount of memory. */
const mostUses = 2
/** Real composite curves are nested two deep. */
const deepest = 32
const noMasks: ReadonlySet<string> = new Set()

/** How much work assembling features may take, and where their faults are reported. */
export interface Assembly {
  budget: WorkBudget
  warn(message: string): void
}

/** Collects the curves of features in their order, with composite curves taken apart. */
export class CurveChains {
  readonly #curves: RecordTable<SpatialRecord>
  readonly #composites: RecordTable<SpatialRecord>
  readonly #quality: PositionQuality
  // Numbers the features, so that the uses of a curve by one feature are not counted for another.
  #feature = 0
  // Reused for all features, because allocating for each curve would take much of the time.
  readonly #chains: Chain[] = []
  readonly #spare: Chain[] = []
  #masks: ReadonlySet<string> = noMasks
  #assembly: Assembly | null = null

  constructor(store: DatasetStore, quality: PositionQuality) {
    this.#curves = store.spatial.get(CURVE)!
    this.#composites = store.spatial.get(COMPOSITE_CURVE)!
    this.#quality = quality
  }

  /** Begins a feature; `masks` is its MASK, whose curves are not drawn. */
  begin(masks: Rows | null, assembly: Assembly): void {
    this.#assembly = assembly
    this.#feature++
    while (this.#chains.length > 0) this.#spare.push(this.#chains.pop()!)
    this.#masks = masks === null ? noMasks : maskedCurves(masks)
  }

  /** The chains of the feature so far; valid until the next one begins. */
  get chains(): readonly Chain[] {
    return this.#chains
  }

  /** Adds the rings of a surface (RIAS). Returns without adding when it has none. */
  addSurface(surface: SpatialRecord): void {
    const rings = surface.pointers
    for (let i = 0; i < (rings?.count ?? 0); i++) {
      const at = rings!.start + i * RIAS_WIDTH
      const { view } = rings!
      const isReverse = view.getUint8(at + 5) === REVERSE
      this.addCurve(view.getUint8(at), view.getUint32(at + 1, true), isReverse, view.getUint8(at + 6))
    }
  }

  /**
   * Adds a curve, or the curves of a composite curve in order. There is no object for each use of a curve: a chart has as many of them
   * as of edges.
   *
   * @param usage USAG: 1 exterior, 2 interior, 255 for lines. @param hidden whether a composite curve around it is masked.
   */
  addCurve(kind: number, id: number, reverse: boolean, usage: number, hidden = false, depth = 0): void {
    this.#assembly?.budget.spend(1)
    const record = kind === CURVE ? this.#curves.get(id) : kind === COMPOSITE_CURVE ? this.#composites.get(id) : undefined
    if (record === undefined) {
      this.#assembly?.warn(
        kind === CURVE || kind === COMPOSITE_CURVE
          ? `${recordName(kind, id)} is missing`
          : `it points to ${recordName(kind, id)} where a curve is needed`,
      )
      return
    }
    const isHidden = hidden || (this.#masks.size > 0 && this.#masks.has(`${kind} ${id}`))
    if (kind === CURVE) this.#addPlain(record, reverse, usage, isHidden)
    else if (depth >= deepest) this.#assembly?.warn(`${recordName(kind, id)} is nested more than ${deepest} deep`)
    else this.#addMembers(record, reverse, usage, isHidden, depth)
  }

  #addMembers(record: SpatialRecord, reverse: boolean, usage: number, hidden: boolean, depth: number): void {
    const members = record.pointers
    const count = members?.count ?? 0
    for (let i = 0; i < count; i++) {
      const at = members!.start + (reverse ? count - 1 - i : i) * CUCO_WIDTH
      const { view } = members!
      const isReverse = (view.getUint8(at + 5) === REVERSE) !== reverse
      this.addCurve(view.getUint8(at), view.getUint32(at + 1, true), isReverse, usage, hidden, depth + 1)
    }
  }

  #addPlain(record: SpatialRecord, reverse: boolean, usage: number, hidden: boolean): void {
    if (record.usedBy !== this.#feature) {
      record.usedBy = this.#feature
      record.uses = 0
    }
    if (++record.uses > mostUses) {
      this.#assembly?.warn(`the feature uses ${recordName(CURVE, record.id)} more than ${mostUses} times`)
      return
    }
    this.#assembly?.budget.spend(record.coordinates?.count ?? 0)
    const ends = endsOf(record)
    if (ends === null) {
      this.#assembly?.warn(`${recordName(CURVE, record.id)} has fewer than two positions`)
      return
    }
    const spare = this.#spare.pop()
    const chain = spare === undefined ? createChain(record, ends, reverse, usage) : setChain(spare, record, ends, reverse, usage)
    chain.flags = (hidden ? SEGMENT.hidden : 0) | (this.#quality.isInaccurate(record) ? SEGMENT.lowAccuracy : 0)
    this.#chains.push(chain)
  }
}

/** The ends of a curve, which are its first and last coordinates; the record keeps them. */
function endsOf(record: SpatialRecord): EdgeEnds | null {
  if (record.ends !== undefined) return record.ends
  const list = record.coordinates
  const width = record.depths ? 12 : 8
  if (list === null || list.count < 2) record.ends = null
  else {
    const { view, start, count } = list
    const last = start + (count - 1) * width
    record.ends = {
      beginX: view.getInt32(start + 4, true),
      beginY: view.getInt32(start, true),
      endX: view.getInt32(last + 4, true),
      endY: view.getInt32(last, true),
      hasBegin: false,
      hasEnd: false,
    }
  }
  return record.ends
}

/** The curves of MASK: cut by the limit of the data (1) or not to be drawn (2). */
function maskedCurves({ view, start, count }: Rows): ReadonlySet<string> {
  const masks = new Set<string>()
  for (let i = 0; i < count; i++) {
    const at = start + i * MASK_WIDTH
    masks.add(`${view.getUint8(at)} ${view.getUint32(at + 1, true)}`)
  }
  return masks
}
