import { PermanentError } from '#lib/errors.ts'

/** The catalogue is unusable: reading the same bytes again would fail again. */
export class CatalogueError extends PermanentError {
  override readonly name = 'CatalogueError'
}
