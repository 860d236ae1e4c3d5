import { isAbort, SessionOverError } from '../api/errors.ts'
import type { SessionStore } from '../api/session-store.ts'
import { createObservable, type Observable } from '../lib/observable.ts'
import { refusalOf } from './check-file.ts'
import type { SendFile } from './send-file.ts'
import { createSendRate, type SendRate } from './send-rate.ts'

/** A file on its way to the server, from its choice to the server's record. */
export interface QueuedFile {
  key: number
  name: string
  size: number
  state: 'queued' | 'sending' | 'sent' | 'refused' | 'failed'
  sent: number
  bytesPerSecond: number | null
  secondsLeft: number | null
  /** Why it was not sent. */
  problem: unknown
  /** The server's upload, once it was sent. */
  uploadId: number | null
}

/**
 * Sends files one at a time, whatever page is shown. While the session is over it waits, and goes on when the same user has signed in again:
 * the files were chosen by that user, and a change of user clears them.
 */
export interface UploadQueue {
  files: Pick<Observable<readonly QueuedFile[]>, 'get' | 'subscribe'>
  add(files: readonly File[]): void
  /** Stops sending a file, or takes it out of the queue or off the list. */
  remove(key: number): void
  /** Sends a file again that could not be sent. */
  again(key: number): void
  /** Calls back when the server has accepted a file. */
  onSent(listener: (uploadId: number) => void): () => void
  /** Stops everything and forgets all files, as when the user signs out. */
  clear(): void
}

interface Held {
  file: File
  stop: AbortController
}

/**
 * @param now milliseconds of a clock that only goes forward.
 * @param over whether the session is over.
 */
export function createUploadQueue(send: SendFile, now: () => number, over: SessionStore['over']): UploadQueue {
  const files = createObservable<readonly QueuedFile[]>([])
  const held = new Map<number, Held>()
  const listeners = new Set<(uploadId: number) => void>()
  let lastKey = 0
  let sending = false

  function change(key: number, changes: Partial<QueuedFile>): void {
    files.set(files.get().map((file) => (file.key === key ? { ...file, ...changes } : file)))
  }

  async function next(): Promise<void> {
    const first = files.get().find(({ state }) => state === 'queued')
    const source = first === undefined ? undefined : held.get(first.key)
    if (sending || over.get() || first === undefined || source === undefined) return
    sending = true
    try {
      await sendOne(first, source)
    } finally {
      sending = false
    }
    void next()
  }

  async function sendOne({ key }: QueuedFile, { file, stop }: Held): Promise<void> {
    const rate = createSendRate()
    change(key, { state: 'sending', sent: 0, problem: null, bytesPerSecond: null, secondsLeft: null })
    try {
      const refusal = refusalOf(file, new Uint8Array(await file.slice(0, 512).arrayBuffer()))
      if (refusal !== null) {
        change(key, { state: 'refused', problem: new Error(refusal) })
        return
      }
      const uploadId = await send({ file, signal: stop.signal, onSent: (sent) => noteSent(key, file.size, sent, rate) })
      change(key, { state: 'sent', sent: file.size, uploadId })
      held.delete(key)
      for (const listener of [...listeners]) listener(uploadId)
    } catch (problem) {
      if (problem instanceof SessionOverError) change(key, { ...NEW })
      else if (!isAbort(problem)) change(key, { state: 'failed', problem })
    }
  }

  function noteSent(key: number, size: number, sent: number, rate: SendRate): void {
    rate.note(sent, now())
    change(key, { sent, bytesPerSecond: rate.perSecond(), secondsLeft: rate.secondsLeft(size - sent, now()) })
  }

  function remove(key: number): void {
    held.get(key)?.stop.abort()
    held.delete(key)
    files.set(files.get().filter((file) => file.key !== key))
  }

  over.subscribe(() => void next())

  return {
    files,
    add(given) {
      const added = given.map((file): QueuedFile => {
        const key = ++lastKey
        held.set(key, { file, stop: new AbortController() })
        return { ...NEW, key, name: file.name, size: file.size }
      })
      files.set([...files.get(), ...added])
      void next()
    },
    remove,
    again(key) {
      const found = held.get(key)
      if (found === undefined) return
      held.set(key, { file: found.file, stop: new AbortController() })
      change(key, { state: 'queued', sent: 0, problem: null })
      void next()
    },
    onSent(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    clear() {
      for (const { key } of files.get()) remove(key)
    },
  }
}

const NEW = { state: 'queued', sent: 0, bytesPerSecond: null, secondsLeft: null, problem: null, uploadId: null } as const
