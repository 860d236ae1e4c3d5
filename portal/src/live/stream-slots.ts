import { isRecord } from '../api/errors.ts'
import type { Channel } from '../api/session-store.ts'

/** Whether a stream may be opened without starving the other windows. */
export interface StreamSlots {
  free(): Promise<boolean>
}

/** Browsers open six connections to a server on plain HTTP, for all windows together. Four streams leave two for everything else. */
export const MOST_STREAMS = 4
/** How long the other windows may take to answer, in milliseconds. */
const ANSWERS = 80

/**
 * Counts the streams of all windows of this browser by asking them. Without the count, a seventh window would wait for ever for a
 * connection.
 *
 * @param streams whether this window has a stream open.
 */
export function createStreamSlots(channel: Channel | null, streams: () => boolean): StreamSlots {
  let answers = 0
  if (channel !== null) {
    channel.onmessage = ({ data }) => {
      if (!isRecord(data)) return
      if (data.type === 'ask' && streams()) channel.postMessage({ type: 'held' })
      if (data.type === 'held') answers++
    }
  }
  return {
    async free() {
      if (channel === null) return true
      answers = 0
      channel.postMessage({ type: 'ask' })
      await new Promise<void>((done) => setTimeout(done, ANSWERS))
      return answers < MOST_STREAMS
    },
  }
}
