/** A download that did not work out. `retryable` is false when asking again would get the same answer. */
export class TransferError extends Error {
  override readonly name = 'TransferError'
  readonly retryable: boolean
  /** HTTP status, where there was an answer. */
  readonly status: number | null

  constructor(message: string, options: { retryable: boolean; status?: number; cause?: unknown }) {
    super(message, 'cause' in options ? { cause: options.cause } : undefined)
    this.retryable = options.retryable
    this.status = options.status ?? null
  }
}
