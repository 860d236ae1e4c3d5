import { noFacts, type Product } from './product.ts'
import { type FeatureQuery, queryFrame } from './query/query-frame.ts'
import { writeResults } from './query/write-results.ts'

/** The features near a position, as JSON. */
export const query: Product<FeatureQuery> = {
  name: 'query',
  zooms: { shallowest: 0, deepest: 24 },
  buffer: 0,
  reach: 0,
  ground(request) {
    const frame = queryFrame(request)
    return { frame, far: frame.box, zoom: request.zoom }
  },
  facts: noFacts,
  async make({ request, cells, checkpoint }) {
    const { queryFeatures } = await import('./query/query-features.ts')
    return writeResults(queryFeatures(request, cells, checkpoint))
  },
}
