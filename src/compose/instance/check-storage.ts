import { setTimeout as wait } from 'node:timers/promises'
import type { BlobStore } from '#storage/blob-store.ts'

/** Machines that share a storage may check at once: none reads what another could have deleted. */
const KEY = 'checks/storage'

/**
 * Writes a small blob and deletes it.
 *
 * @param patience milliseconds that the storage has to answer.
 * @throws what the storage throws, or an Error when it does not answer in time.
 */
export async function checkStorage(storage: Pick<BlobStore, 'put' | 'delete'>, patience: number): Promise<void> {
  const ended = new AbortController()
  const work = async () => {
    await storage.put(KEY, new TextEncoder().encode('writable\n'))
    await storage.delete(KEY)
  }
  const late = async () => {
    await wait(patience, undefined, { signal: ended.signal })
    throw new Error(`the storage did not answer within ${patience / 1_000} seconds`)
  }
  const tooLate = late()
  tooLate.catch(() => undefined)
  try {
    await Promise.race([work(), tooLate])
  } finally {
    ended.abort()
  }
}
