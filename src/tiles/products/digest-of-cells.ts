import { createHash } from 'node:crypto'
import { ownerMark } from './owner-mark.ts'
import type { BesideFiner } from './product.ts'

/** What the digest of a product made of cells depends on. */
export interface DigestParts {
  product: string
  /** Raised whenever the product is drawn differently from the same cells. */
  version: number
  /** The request, as in `CachedProduct.key`. */
  key: string
  /** In the order of their claim; a compiled key names the content of a cell. At most one account owns any of them. */
  cells: readonly { name: string; compiledKey: string; accountId: number | null }[]
  /** As in `Ingredients`. */
  besideFiner?: BesideFiner
}

/**
 * The digest of a product made of cells: 32 hexadecimal digits of SHA-256. When an account owns some of the cells, its mark follows, so
 * that the tiles of a deleted account can be found in the cache.
 */
export function digestOfCells({ product, version, key, cells, besideFiner = [] }: DigestParts): string {
  const hash = createHash('sha256').update(`${product} ${version} ${key}`)
  let owner: number | null = null
  for (const { name, compiledKey, accountId } of cells) {
    hash.update(`\n${name} ${compiledKey}`)
    owner ??= accountId
  }
  if (besideFiner.flat().length > 0) hash.update(`\nbeside finer ${besideFiner.map((places) => places.join(' ')).join(', ')}`)
  // A slice of the whole digest would keep all of it in memory, for every tile that the cache knows.
  const digest = hash.digest().toString('hex', 0, 16)
  return owner === null ? digest : `${digest}${ownerMark(owner)}`
}
