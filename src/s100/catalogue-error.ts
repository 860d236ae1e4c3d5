/** A CATALOG.XML or CATALOG.SIGN cannot be read; the message says why. */
export class ExchangeCatalogueError extends Error {
  override readonly name = 'ExchangeCatalogueError'
}
