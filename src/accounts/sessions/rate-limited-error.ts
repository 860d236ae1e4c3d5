import { AppError } from '#lib/errors.ts'

/** Too many failed tries (429). The HTTP layer puts `retryAfterSeconds` into the `Retry-After` header. */
export class RateLimitedError extends AppError {
  readonly retryAfterSeconds: number

  constructor(waitMilliseconds: number) {
    const seconds = Math.max(1, Math.ceil(waitMilliseconds / 1000))
    super('RATE_LIMITED', `Too many failed logins. Try again in ${seconds} ${seconds === 1 ? 'second' : 'seconds'}.`)
    this.retryAfterSeconds = seconds
  }
}
