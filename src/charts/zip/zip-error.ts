import { PermanentError } from '#lib/errors.ts'

/** A broken, hostile or unexpected zip. The message names the zip and, where it matters, the entry. */
export class ZipError extends PermanentError {
  override readonly name = 'ZipError'

  constructor(zip: string, message: string, options: { entry?: string; cause?: unknown } = {}) {
    // Entry names come from strangers: quoted, without control characters, and cut to length.
    const entry = options.entry === undefined ? '' : `, entry ${JSON.stringify(options.entry.slice(0, 120))}`
    super(`${zip}${entry}: ${message}`)
    if ('cause' in options) this.cause = options.cause
  }
}

export function megabytesOf(bytes: number): string {
  return `${Math.round(bytes / (1024 * 1024))} MB`
}
