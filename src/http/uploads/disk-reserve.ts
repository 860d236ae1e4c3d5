import { AppError } from '#lib/errors.ts'

/** Free bytes that uploads leave on the disk: for the database, compiled charts and the log. */
export const DISK_RESERVE_BYTES = 256 * 1024 * 1024
/** How many bytes of an upload pass before the disk is measured again. */
const MEASURE_BYTES = 32 * 1024 * 1024

/** Keeps uploads from filling the disk, which would stop the database. */
export interface DiskReserve {
  /** Whether the disk has room for these bytes beside the reserve. */
  hasRoom(bytes: number): Promise<boolean>
  /** @throws AppError STORAGE_FULL (507) unless the disk has room for these bytes beside the reserve. */
  requireRoom(bytes: number): Promise<void>
  /** Passes on content. @throws AppError STORAGE_FULL (507) when the disk reaches the reserve in the meantime. */
  guard(content: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array>
}

/** @param freeBytes measures the disk; without it there is always room. */
export function createDiskReserve(freeBytes?: () => Promise<number>): DiskReserve {
  async function hasRoom(bytes: number): Promise<boolean> {
    return freeBytes === undefined || (await freeBytes()) >= bytes + DISK_RESERVE_BYTES
  }

  async function requireRoom(bytes: number): Promise<void> {
    if (await hasRoom(bytes)) return
    throw new AppError(
      'STORAGE_FULL',
      'The disk of the server is nearly full: nothing was stored. Free some space and try again.',
    )
  }

  async function* guard(content: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
    let unmeasured = MEASURE_BYTES
    for await (const chunk of content) {
      unmeasured += chunk.byteLength
      if (unmeasured >= MEASURE_BYTES) {
        await requireRoom(0)
        unmeasured = 0
      }
      yield chunk
    }
  }

  return { hasRoom, requireRoom, guard }
}
