import type { AttributeDecoder } from './attributes.ts'
import type { CellStore } from './cell-store.ts'
import { type Chain, createChain, setChain } from './edge-chain.ts'
import { endsOfEdge } from './edge-nodes.ts'
import { isInaccurate } from './position-accuracy.ts'
import { EDGE, FSPT_WIDTH, type Rows, vectorName } from './records.ts'
import { SEGMENT } from './segment-flags.ts'
import type { SpatialPointers } from './spatial-pointers.ts'
import type { WorkBudget } from './work-budget.ts'

/** ORNT: the feature uses the edge against its own direction. */
const REVERSE = 2
/** USAG: an outer boundary along the limit of the data. */
const TRUNCATED = 3
/** MASK: the edge is not drawn as the feature's boundary. */
const MASKED = 1

/** Collects the edges of lines and areas, each in the direction in which the feature uses it. */
export class EdgeChains {
  readonly #store: CellStore
  readonly #pointers: SpatialPointers
  readonly #decoder: AttributeDecoder
  // Chains are reused from feature to feature: allocating them took a good part of the time.
  readonly #chains: Chain[] = []
  readonly #spare: Chain[] = []

  constructor(store: CellStore, pointers: SpatialPointers, decoder: AttributeDecoder) {
    this.#store = store
    this.#pointers = pointers
    this.#decoder = decoder
  }

  /** The chains of one feature; valid until the next call. */
  collect(spatial: Rows, budget: WorkBudget, warn: (message: string) => void): readonly Chain[] {
    const chains = this.#chains
    const spare = this.#spare
    while (chains.length > 0) spare.push(chains.pop()!)
    for (let row = 0; row < spatial.count; row++) {
      const at = spatial.start + row * FSPT_WIDTH
      const kind = spatial.view.getUint8(at)
      if (kind !== EDGE) {
        warn(`it points to ${vectorName(kind, spatial.view.getUint32(at + 1, true))} where an edge is needed`)
        continue
      }
      const edge = this.#pointers.resolve(spatial, row, warn)
      if (edge === null) continue
      budget.spend(edge.coordinates?.count ?? 0)
      const ends = endsOfEdge(this.#store, edge, warn)
      if (ends === null) {
        warn(`${vectorName(EDGE, edge.id)} has fewer than two positions`)
        continue
      }
      const reverse = spatial.view.getUint8(at + 5) === REVERSE
      const usage = spatial.view.getUint8(at + 6)
      const used = spare.pop()
      const chain = used === undefined ? createChain(edge, ends, reverse, usage) : setChain(used, edge, ends, reverse, usage)
      const isHidden = usage === TRUNCATED || spatial.view.getUint8(at + 7) === MASKED
      chain.flags = (isHidden ? SEGMENT.hidden : 0) | (isInaccurate(edge, this.#decoder) ? SEGMENT.lowAccuracy : 0)
      chains.push(chain)
    }
    return chains
  }
}
