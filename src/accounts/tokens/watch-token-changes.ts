import { type Listener, listen } from '#db/listen.ts'
import type { Log } from '#lib/log.ts'

/** Where a trigger of the database notifies of sessions, tokens, users and accounts that have changed or ended. */
const TOKENS_CHANNEL = 'chartroom_tokens'

/**
 * Calls `onChange` whenever any process has ended or changed a session, a token, a user or an account; also after each connect, because
 * notifications may have been missed. Without notifications a recent answer about a token is still at most a second old.
 */
export function watchTokenChanges({ url, log, onChange }: { url: string; log: Log; onChange(): void }): Listener {
  return listen({ url, log, channels: [TOKENS_CHANNEL], onNotification: onChange, onConnect: onChange })
}
