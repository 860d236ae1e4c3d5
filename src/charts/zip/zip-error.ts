import { PermanentError } from '#lib/errors.ts'

/** A broken, hostile or unexpected zip. The message names the zip and, where it matters, the entry. */
export class ZipError extends PermanentError {
  override readonly name = 'ZipError'

  constructor(zip: string, message: string, options: { entry?: string; cause?: unknown } = {}) {
    super(`${options.entry === undefined ? zip : entryName(zip, options.entry)}: ${message}`)
    if ('cause' in options) this.cause = options.cause
  }
}

/** The name of an entry of a zip in messages. It is untrusted: quoted, without control characters, and cut to length. */
export function entryName(zip: string, entry: string): string {
  return `${zip}, entry ${JSON.stringify(entry.slice(0, 120))}`
}

export function megabytesOf(bytes: number): string {
  return `${Math.round(bytes / (1024 * 1024))} MB`
}
