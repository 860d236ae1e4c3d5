/** A failed download. `retryable` is false when another try would fail the same way. */
export class TransferError extends Error {
  override readonly name = 'TransferError'
  readonly retryable: boolean
  /** HTTP status, if the server answered. */
  readonly status: number | null

  constructor(message: string, options: { retryable: boolean; status?: number; cause?: unknown }) {
    super(message, 'cause' in options ? { cause: options.cause } : undefined)
    this.retryable = options.retryable
    this.status = options.status ?? null
  }
}
