import { AppError } from '#lib/errors.ts'
import type { Refusal } from './work-gate.ts'

/** Too much work of one kind: 429 for a client that has too much waiting itself, else 503; with the seconds for `Retry-After`. */
export class BusyError extends AppError {
  readonly retryAfterSeconds: number

  constructor(refusal: Refusal) {
    super(refusal === 'client' ? 'TOO_MANY_REQUESTS' : 'SERVER_BUSY')
    this.retryAfterSeconds = refusal === 'client' ? 2 : 5
  }
}
