export interface BatchOptions {
  /** Most items that one batch handles. */
  size: number
  signal?: AbortSignal | undefined
  /** Called between two batches, so that others get their turn. */
  pause?(): Promise<void>
}

/**
 * Repeats a limited batch until one handles fewer items than its limit: nothing is left then.
 *
 * @param batch returns how many items it handled.
 * @returns the items handled by all batches.
 * @throws an error of `batch`, or the signal's reason.
 */
export async function repeatBatches({ size, signal, pause }: BatchOptions, batch: () => Promise<number>): Promise<number> {
  for (let total = 0; ; await pause?.()) {
    signal?.throwIfAborted()
    const handled = await batch()
    total += handled
    if (handled < size) return total
  }
}
