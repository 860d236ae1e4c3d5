import { once } from 'node:events'
import { isMainThread, parentPort, Worker } from 'node:worker_threads'
import { Agent, request } from 'undici'
import { timed } from './figures.ts'

interface Question {
  url: string
  headers: Record<string, string>
}

/** A client in a thread of its own, as a real one is no part of the server: reading its answer does not keep the server busy. */
export interface TimedClient {
  /** Milliseconds from the question to the last byte of its answer. @throws for an answer that is not 200. */
  get(url: string, headers: Record<string, string>): Promise<number>
  close(): Promise<void>
}

export function startTimedClient(): TimedClient {
  const worker = new Worker(new URL(import.meta.url))
  return {
    async get(url, headers) {
      worker.postMessage({ url, headers } satisfies Question)
      const [answer] = (await once(worker, 'message')) as [number | string]
      if (typeof answer === 'string') throw new Error(answer)
      return answer
    },
    async close() {
      await worker.terminate()
    },
  }
}

if (!isMainThread) {
  const dispatcher = new Agent({ keepAliveTimeout: 60_000, connections: 1 })
  parentPort!.on('message', async ({ url, headers }: Question) => {
    let answer: number | string = `${url} was not asked`
    const time = await timed(async () => {
      const { statusCode, body } = await request(url, { dispatcher, headers })
      const text = await body.text()
      answer = statusCode === 200 ? '' : `${statusCode}: ${text}`
    })
    parentPort!.postMessage(answer === '' ? time : answer)
  })
}
