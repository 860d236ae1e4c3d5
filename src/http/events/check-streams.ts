import type { Accounts } from '#accounts/accounts.ts'
import type { Principal } from '#accounts/users/user-record.ts'
import { AppError } from '#lib/errors.ts'
import type { Log } from '#lib/log.ts'
import type { EventStream } from './event-stream.ts'

/** An open event stream, with the token it was opened with. */
export interface OpenStream {
  stream: EventStream
  principal: Principal
  bearer: string
  origin: string | undefined
  /** Bytes the client had read at the last round. */
  taken: number
  /** Rounds in a row in which the client read nothing although something was waiting. */
  stalled: number
  /** Ends the stream and gives the client a moment to read the end. */
  end(): void
  destroy(): void
}

/** Rounds without reading after which the client is disconnected. */
const STALLED_ROUNDS = 4

/**
 * One round over the open streams: sends a heartbeat, disconnects clients that have stopped reading, and ends streams whose
 * token is no longer valid or whose user has other rights now.
 */
export async function checkStreams(
  streams: ReadonlySet<OpenStream>,
  { accounts, log }: { accounts: Accounts; log: Log },
): Promise<void> {
  for (const entry of streams) {
    const { stream } = entry
    entry.stalled = stream.waiting() > 0 && stream.taken() === entry.taken ? entry.stalled + 1 : 0
    entry.taken = stream.taken()
    if (entry.stalled >= STALLED_ROUNDS) entry.destroy()
    else stream.heartbeat()
  }
  // A hundred windows of one user need only one look-up.
  const answers = new Map<string, Promise<Principal | null>>()
  for (const entry of [...streams]) {
    const key = `${entry.bearer} ${entry.origin}`
    const answer = answers.get(key) ?? callerOf(entry, accounts, log)
    answers.set(key, answer)
    const now = await answer
    if (now === null || !sameRights(now, entry.principal)) entry.end()
  }
}

/** The current owner of the token; null when the token has ended. */
async function callerOf({ bearer, origin, principal }: OpenStream, accounts: Accounts, log: Log): Promise<Principal | null> {
  try {
    return await accounts.authenticate(bearer, origin)
  } catch (error) {
    if (error instanceof AppError) return null
    // An unreachable database proves nothing about the token, and it sends no events either.
    log.debug({ err: error }, 'cannot check the token of an event stream')
    return principal
  }
}

function sameRights(one: Principal, other: Principal): boolean {
  return one.user.isAdmin === other.user.isAdmin && one.user.account.id === other.user.account.id
}
