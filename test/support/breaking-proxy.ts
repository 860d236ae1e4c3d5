import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

/** What the proxy does with new connections. */
export type Fault =
  | { kind: 'none' }
  /** Closes every connection, including open ones. */
  | { kind: 'down' }
  /** Breaks the connection after this many bytes of answers, or falls silent there. */
  | { kind: 'cut' | 'stall'; afterBytes: number; times: number }

export interface BreakingProxy {
  port: number
  set(fault: Fault): void
  /** How many connections a fault has hit. */
  hits(): number
  [Symbol.asyncDispose](): Promise<void>
}

/** A TCP proxy in front of a local port that can break or silence connections. */
export async function startBreakingProxy(target: number): Promise<BreakingProxy> {
  let fault: Fault = { kind: 'none' }
  let hits = 0
  const open = new Set<Socket>()

  const server = createServer((client) => {
    if (fault.kind === 'down') {
      hits++
      return void client.destroy()
    }
    const upstream = connect(target, '127.0.0.1')
    for (const socket of [client, upstream]) {
      open.add(socket)
      socket.on('error', () => undefined)
      socket.on('close', () => {
        open.delete(socket)
        client.destroy()
        upstream.destroy()
      })
    }
    client.pipe(upstream)
    let sent = 0
    upstream.on('data', (chunk: Buffer) => {
      sent += chunk.length
      if ((fault.kind === 'cut' || fault.kind === 'stall') && fault.times > 0 && sent > fault.afterBytes) {
        const { kind } = fault
        fault = { ...fault, times: fault.times - 1 }
        hits++
        if (kind === 'cut') client.destroy()
        else upstream.pause()
        return
      }
      if (!client.write(chunk)) {
        upstream.pause()
        client.once('drain', () => upstream.resume())
      }
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    set(next) {
      fault = next
      // Connections that were kept open would escape the fault.
      for (const socket of open) socket.destroy()
    },
    hits: () => hits,
    async [Symbol.asyncDispose]() {
      for (const socket of open) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}
