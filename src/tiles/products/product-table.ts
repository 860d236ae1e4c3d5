import { data } from './data.ts'
import { depth } from './depth.ts'
import { png } from './png.ts'
import type { CachedProduct, Product } from './product.ts'
import { query } from './query.ts'
import { reportData } from './report-data.ts'
import { reports } from './reports.ts'
import { shoreline } from './shoreline.ts'
import { sprite } from './sprite.ts'
import { vector } from './vector.ts'

/** Products with a digest. */
const CACHED = { vector, data, shoreline, png, reports, reportData, sprite }
/** Products without one. */
const UNCACHED = { query, depth }
const ALL = { ...CACHED, ...UNCACHED }

export type ProductName = keyof typeof ALL
export type CachedProductName = keyof typeof CACHED

/** What a request for a product says. */
export type RequestOf<N extends ProductName> = {
  [P in ProductName]: (typeof ALL)[P] extends Product<infer Request, infer _> ? Request : never
}[N]

/** What a product is made of beside cells. */
export type FactsOf<N extends ProductName> = {
  [P in ProductName]: (typeof ALL)[P] extends Product<infer _, infer Facts> ? Facts : never
}[N]

const products: { [N in ProductName]: Product<RequestOf<N>, FactsOf<N>> } = ALL
const cachedProducts: { [N in CachedProductName]: CachedProduct<RequestOf<N>, FactsOf<N>> } = CACHED

/** The definition of a product. */
export function productNamed<N extends ProductName>(name: N): Product<RequestOf<N>, FactsOf<N>> {
  return products[name]
}

/** The definition of a cached product. */
export function cachedProductNamed<N extends CachedProductName>(name: N): CachedProduct<RequestOf<N>, FactsOf<N>> {
  return cachedProducts[name]
}
