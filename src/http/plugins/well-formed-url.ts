import { AppError } from '#lib/errors.ts'
import type { App } from '../base/app.ts'

/**
 * Refuses a URL whose percent-encoding is not UTF-8 or contains the character NUL, in the path or in any parameter: the database
 * cannot store either.
 */
export function wellFormedUrl(app: App): void {
  app.addHook('onRequest', (request, _reply, done) => {
    const url = request.raw.url ?? ''
    // Most URLs have no percent sign, and are not searched any further.
    if (url.includes('%') && !isWellFormed(url)) {
      done(new AppError('BAD_REQUEST', 'The URL is not valid: percent-encoded bytes must be UTF-8, without the character NUL.'))
    } else done()
  })
}

function isWellFormed(url: string): boolean {
  if (url.includes('%00')) return false
  try {
    decodeURIComponent(url)
    return true
  } catch {
    return false
  }
}
