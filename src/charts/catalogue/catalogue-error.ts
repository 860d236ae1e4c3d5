import { PermanentError } from '#lib/errors.ts'

/** The catalogue cannot be used as it is: reading the same bytes again would end the same way. */
export class CatalogueError extends PermanentError {
  override readonly name = 'CatalogueError'
}
