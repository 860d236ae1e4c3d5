import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { isMainThread, parentPort, Worker } from 'node:worker_threads'
import { timed } from './figures.ts'

interface Question {
  url: string
  headers: Record<string, string>
}

/** A client in its own thread, so that reading responses does not take time from the server. */
export interface TimedClient {
  /** Milliseconds from the request to the last byte of the response. @throws if the status is not 200. */
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
  const sockets = new Map<string, Socket>()
  parentPort!.on('message', async ({ url, headers }: Question) => {
    try {
      const { host, hostname, port, pathname, search } = new URL(url)
      const socket = sockets.get(host) ?? connect(Number(port), hostname).setNoDelay(true)
      sockets.set(host, socket)
      if (socket.connecting) await once(socket, 'connect')
      const lines = Object.entries({ host, ...headers }).map(([name, value]) => `${name}: ${value}\r\n`)
      const question = `GET ${pathname}${search} HTTP/1.1\r\n${lines.join('')}\r\n`
      parentPort!.postMessage(await timed(() => exchange(socket, question)))
    } catch (error) {
      parentPort!.postMessage(String(error))
    }
  })
}

/** A minimal client on a bare socket, so that the client is never the bottleneck. */
async function exchange(socket: Socket, question: string): Promise<void> {
  socket.write(question)
  let answer: Buffer = Buffer.alloc(0)
  let end = -1
  for (;;) {
    const [chunk] = (await once(socket, 'data')) as [Buffer]
    answer = answer.length === 0 ? chunk : Buffer.concat([answer, chunk])
    if (end < 0) end = answer.indexOf('\r\n\r\n')
    if (end < 0) continue
    const head = answer.toString('latin1', 0, end)
    if (!head.startsWith('HTTP/1.1 200')) throw new Error(`${question}\n${answer}`)
    if (answer.length - end - 4 === Number(/^content-length: (\d+)/im.exec(head)?.[1])) return
  }
}
