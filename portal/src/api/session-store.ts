import { createObservable, type Observable } from '../lib/observable.ts'
import { isRecord } from './errors.ts'

/** A session of this user in this browser. */
export interface Session {
  token: string
  /** Empty until the server has told whose it is. */
  username: string
  userId: number | null
  /** Kept on this device after the window is closed. */
  keep: boolean
}

type Keys = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>

/** The part of BroadcastChannel that is used. */
export interface Channel {
  postMessage(message: unknown): void
  onmessage: ((event: MessageEvent) => void) | null
}

export interface SessionStore {
  current: Observable<Session | null>
  /** True while the server refuses the session that was held: the page stays and asks to sign in again. */
  over: Observable<boolean>
  signIn(session: Session): void
  signOut(): void
  /** Asks the other windows for their session when this one has none. */
  borrow(milliseconds: number): Promise<void>
}

const KEY = 'chartroom.session'

/**
 * Holds the session in `sessionStorage`, and in `localStorage` if the user wants it kept. Windows of one browser pass it to each other, and
 * signing out in one signs out all.
 */
export function createSessionStore(storages: { session: Keys; local: Keys }, channel: Channel | null): SessionStore {
  const current = createObservable<Session | null>(read(storages.session) ?? read(storages.local))
  const over = createObservable(false)

  if (channel !== null) {
    channel.onmessage = ({ data }) => {
      if (!isRecord(data)) return
      const held = current.get()
      if (data.type === 'ask' && held !== null && !over.get()) channel.postMessage({ type: 'give', session: held })
      const given = data.type === 'give' ? asSession(data.session) : null
      if (given !== null && (held === null || (over.get() && given.token !== held.token && given.userId === held.userId)))
        take(given)
      if (data.type === 'out') drop()
    }
  }

  function take(session: Session): void {
    write(storages.session, session)
    if (session.keep) write(storages.local, session)
    current.set(session)
    over.set(false)
  }

  function drop(): void {
    for (const storage of [storages.session, storages.local]) attempt(() => storage.removeItem(KEY))
    current.set(null)
    over.set(false)
  }

  return {
    current,
    over,
    signIn(session) {
      if (!session.keep) attempt(() => storages.local.removeItem(KEY))
      take(session)
      channel?.postMessage({ type: 'give', session })
    },
    signOut() {
      drop()
      channel?.postMessage({ type: 'out' })
    },
    async borrow(milliseconds) {
      if (channel === null || current.get() !== null) return
      channel.postMessage({ type: 'ask' })
      await new Promise<void>((done) => {
        const timer = setTimeout(finish, milliseconds)
        const stop = current.subscribe(finish)
        function finish(): void {
          clearTimeout(timer)
          stop()
          done()
        }
      })
    },
  }
}

function read(storage: Keys): Session | null {
  return attempt(() => {
    const text = storage.getItem(KEY)
    return text === null ? null : asSession(JSON.parse(text))
  })
}

function write(storage: Keys, session: Session): void {
  attempt(() => storage.setItem(KEY, JSON.stringify(session)))
}

/** Storage may be switched off or full; the session then lasts as long as the page. */
function attempt<T>(work: () => T): T | null {
  try {
    return work()
  } catch {
    return null
  }
}

function asSession(value: unknown): Session | null {
  if (!isRecord(value) || typeof value.token !== 'string' || !/^[0-9a-f]{32}$/.test(value.token)) return null
  return {
    token: value.token,
    username: typeof value.username === 'string' ? value.username : '',
    userId: typeof value.userId === 'number' ? value.userId : null,
    keep: value.keep === true,
  }
}
