/**
 * Gathers cells that have been read, so that several become visible in one transaction, because each transaction costs round trips and a
 * commit.
 */
export interface CellLots<T> {
  /**
   * Adds a cell to the lot. Resolves when it has been stored.
   * @throws the error of storing the cell alone, or of the whole lot when the fault does not concern a single cell.
   */
  add(cell: T): Promise<void>
  /** Stores the waiting cells at once, because nothing more is being read. */
  hurry(): void
}

export interface CellLotsOptions<T> {
  /** The most cells of a lot; with 1, each is stored alone and at once. */
  size: number
  /** Stores cells together: all or none. */
  store(cells: readonly T[]): Promise<void>
  /** Whether an error may concern only one cell of a lot; then each is stored alone. */
  concernsCell(error: unknown): boolean
}

/** How long a cell waits for others: too short for users to notice, and long enough to read a dozen small cells. */
const LINGER_MILLISECONDS = 300

interface Waiting<T> extends PromiseWithResolvers<void> {
  cell: T
}

export function createCellLots<T>({ size, store, concernsCell }: CellLotsOptions<T>): CellLots<T> {
  let waiting: Waiting<T>[] = []
  let timer: NodeJS.Timeout | undefined
  /** One lot at a time, because several would wait for each other's commit. */
  let running: Promise<void> = Promise.resolve()

  function close(): void {
    clearTimeout(timer)
    timer = undefined
    const lot = waiting
    waiting = []
    if (lot.length > 0) running = running.then(() => storeLot(lot))
  }

  async function storeLot(lot: readonly Waiting<T>[]): Promise<void> {
    try {
      await store(lot.map(({ cell }) => cell))
      for (const { resolve } of lot) resolve()
    } catch (error) {
      if (lot.length > 1 && concernsCell(error)) for (const each of lot) await storeLot([each])
      else for (const { reject } of lot) reject(error)
    }
  }

  return {
    add(cell) {
      const entry = { cell, ...Promise.withResolvers<void>() }
      if (size === 1) void storeLot([entry])
      else {
        waiting.push(entry)
        if (waiting.length === size) close()
        else timer ??= setTimeout(close, LINGER_MILLISECONDS)
      }
      return entry.promise
    },
    hurry: close,
  }
}
