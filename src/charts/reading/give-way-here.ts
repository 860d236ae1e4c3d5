import { isMainThread, workerData } from 'node:worker_threads'
import type { WaitingRequests } from '#lib/client-activity.ts'
import { createGiveWay } from '#lib/give-way.ts'

/** What a reading thread is started with. */
export interface ReaderThreadData {
  waitingRequests: WaitingRequests | null
}

/** Gives way to requests in a reading thread that was told of them, and does nothing elsewhere. */
export const giveWayHere = isMainThread ? () => undefined : giveWayOf(workerData)

function giveWayOf(data: unknown): () => void {
  const waiting = (data as Partial<ReaderThreadData> | null)?.waitingRequests ?? null
  return waiting === null ? () => undefined : createGiveWay(waiting)
}
