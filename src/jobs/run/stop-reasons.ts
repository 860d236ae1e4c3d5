/** The server is stopping: the run puts its job back on the queue, and the job loses nothing. */
export class ShutdownError extends Error {
  override readonly name = 'ShutdownError'
  constructor() {
    super('the server is stopping')
  }
}

/** A user cancelled the job. */
export class CancelledError extends Error {
  override readonly name = 'CancelledError'
  constructor() {
    super('the job was cancelled')
  }
}

/** Thrown by a handler that was cancelled half-way: the cancelled job keeps this result, which says what remains to be done. */
export class CancelledWithResult extends Error {
  override readonly name = 'CancelledWithResult'
  readonly result: Record<string, unknown>

  constructor(result: Record<string, unknown>) {
    super('the job was cancelled')
    this.result = result
  }
}
