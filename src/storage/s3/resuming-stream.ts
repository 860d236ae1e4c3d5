import { Readable } from 'node:stream'
import type { ByteRange } from '../blob-store.ts'

/** An object as one request returned it. */
export interface OpenedObject {
  body: AsyncIterable<Uint8Array>
  etag: string | null
  /** Bytes that the body should have. */
  bytes: number
}

export interface ResumeOptions {
  /** Opens the object from a byte on; `etag` is that of the first response; the content must not have changed since. */
  open(range: ByteRange | null, etag: string | null): Promise<OpenedObject>
  /** How many broken responses in a row, without a single byte, end the stream with an error. */
  attempts: number
  /** Waits before the next try. */
  pause(attempt: number): Promise<void>
}

/** Streams an object over as many responses as it takes: when one breaks off, the rest is requested again. */
export async function openResuming(range: ByteRange | null, options: ResumeOptions): Promise<Readable> {
  // Opened before the stream exists, so that a missing object is the caller's error and not the stream's.
  const first = await options.open(range, null)
  return Readable.from(follow(first, range?.start ?? 0, options), { objectMode: false })
}

async function* follow(first: OpenedObject, start: number, options: ResumeOptions): AsyncIterable<Uint8Array> {
  const end = start + first.bytes
  let at = start
  let opened: OpenedObject | null = first
  let failures = 0
  while (at < end) {
    // The client has already retried the request where that helps, so its failure ends the stream.
    opened ??= await options.open({ start: at, end }, first.etag)
    try {
      for await (const chunk of opened.body) {
        at += chunk.byteLength
        failures = 0
        yield chunk
      }
      if (at < end) throw new Error(`the storage ended its answer ${end - at} bytes early`)
    } catch (error) {
      if (++failures >= options.attempts) throw error
      await options.pause(failures)
    }
    opened = null
  }
}
