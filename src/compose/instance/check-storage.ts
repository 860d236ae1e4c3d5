import { randomBytes } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import type { BlobStore } from '#storage/blob-store.ts'

/** Each check uses its own key below this prefix, because machines that share a storage may check at once. */
const PREFIX = 'checks/'

/**
 * Writes a small blob, reads it back and deletes it.
 * @param patience how long the storage may take to answer, in milliseconds.
 * @throws what the storage throws, or an Error when it returns other bytes or does not answer in time.
 */
export async function checkStorage(storage: Pick<BlobStore, 'put' | 'read' | 'delete'>, patience: number): Promise<void> {
  const ended = new AbortController()
  const work = async () => {
    const key = `${PREFIX}${randomBytes(8).toString('hex')}`
    const content = randomBytes(64)
    await storage.put(key, content)
    const kept = await storage.read(key).finally(() => storage.delete(key))
    if (!kept.equals(content)) throw new Error('the storage returns other bytes than it was given')
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
