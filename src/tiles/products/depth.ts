import type { DepthRequest } from './depth/depth-answer.ts'
import { depthGround } from './depth/depth-ground.ts'
import { noFacts, type Product } from './product.ts'

/** The depths along a piece of a line, as JSON. */
export const depth: Product<DepthRequest> = {
  name: 'depth',
  zooms: { shallowest: 0, deepest: 24 },
  buffer: 0,
  reach: 0,
  ground: depthGround,
  facts: noFacts,
  async make({ request, cells, checkpoint }) {
    const { measureDepths } = await import('./depth/measure-depths.ts')
    return new TextEncoder().encode(JSON.stringify(measureDepths(request, cells, checkpoint)))
  },
}
