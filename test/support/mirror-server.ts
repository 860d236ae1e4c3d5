import { once } from 'node:events'
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { createServer } from 'node:http'
import path from 'node:path'
import { pipeline } from 'node:stream/promises'

export interface MirrorServer {
  catalogueUrl: string
  /** Names of the requested zips, in order. */
  zipRequests(): string[]
  /** Serves another folder from now on, like the next day's. */
  serve(folder: string): void
  /** Leaves requests for these zips without an answer from now on; the promise resolves with the first of them. */
  hold(isHeld: (name: string) => boolean): Promise<void>
  /** Answers requests for all zips from now on. Those that were held stay without an answer. */
  release(): void
  close(): Promise<void>
}

/** Serves a folder like NOAA's (`ENCProdCat.xml` and a zip per cell) over HTTP and records the requests. */
export async function startMirrorServer(folder: string): Promise<MirrorServer> {
  let root = folder
  const zips: string[] = []
  let held: { includes: (name: string) => boolean; reached: () => void } | null = null
  const server = createServer(async (request, response) => {
    const name = path.basename(new URL(request.url ?? '/', 'http://mirror').pathname)
    if (name.endsWith('.zip')) zips.push(name)
    if (held?.includes(name)) {
      held.reached()
      return
    }
    const file = path.join(root, name)
    try {
      const { size } = await stat(file)
      response.writeHead(200, { 'content-length': size })
      await pipeline(createReadStream(file), response)
    } catch {
      if (!response.headersSent) response.writeHead(404)
      response.end()
    }
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('a TCP server has a port')
  return {
    catalogueUrl: `http://127.0.0.1:${address.port}/ENCs/ENCProdCat.xml`,
    zipRequests: () => [...zips],
    serve(next) {
      root = next
    },
    async hold(isHeld) {
      await new Promise<void>((resolve) => {
        held = { includes: isHeld, reached: resolve }
      })
    },
    release() {
      held = null
    },
    async close() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
