import { createHash } from 'node:crypto'

/** What the digest of a product made of cells depends on. */
export interface DigestParts {
  product: string
  /** Raised whenever the product is drawn differently from the same cells. */
  version: number
  /** The request, as in `CachedProduct.key`. */
  key: string
  /** In the order of their claim; a compiled key names the content of a cell. */
  cells: readonly { name: string; compiledKey: string }[]
  /** Places of the cells that lie beside finer ones, for products that tell. */
  besideFiner?: readonly number[]
}

/** The digest of a product made of cells: 32 hexadecimal digits of SHA-256. */
export function digestOfCells({ product, version, key, cells, besideFiner = [] }: DigestParts): string {
  const hash = createHash('sha256').update(`${product} ${version} ${key}`)
  for (const { name, compiledKey } of cells) hash.update(`\n${name} ${compiledKey}`)
  if (besideFiner.length > 0) hash.update(`\nbeside finer ${besideFiner.join(' ')}`)
  return hash.digest('hex').slice(0, 32)
}
