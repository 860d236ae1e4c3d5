import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import pg from 'pg'

export interface DatabaseProxy {
  /** The address of the same database through this proxy. */
  url: string
  /**
   * Breaks one connection: the next that sends something with this text in it. `before`, and the server never gets it; `after`, and the
   * server does it, but the answer is lost. Resolves when that has happened.
   */
  breakAt(text: string, when: 'before' | 'after'): Promise<void>
  /** From now on passes nothing on and closes nothing, like a network that drops every packet. New connections are accepted. */
  goSilent(): void
  /** Passes everything on again. */
  recover(): void
  /** Drops what the present connections send and receive from now on, like a router that has restarted. */
  forgetConnections(): void
  [Symbol.asyncDispose](): Promise<void>
}

/**
 * Stands between a client and a PostgreSQL, to break their connections at a chosen moment. Without TLS.
 *
 * @param port where to listen; left out, a free one.
 */
export async function startDatabaseProxy(databaseUrl: string, port = 0): Promise<DatabaseProxy> {
  // Asked of the driver: an address may name a folder with a socket in it, or a host.
  const target = new pg.Client({ connectionString: databaseUrl })
  const sockets = new Set<Socket>()
  let silent = false
  /** Grows with each `forgetConnections`; connections of an earlier one are forgotten. */
  let generation = 0
  let wanted: { text: string; when: 'before' | 'after'; done(): void } | null = null

  function reach(): Socket {
    if (target.host.startsWith('/')) return connect(`${target.host}/.s.PGSQL.${target.port}`)
    return connect(target.port, target.host)
  }

  const server = createServer((client) => {
    const behind = reach()
    const born = generation
    const isDropped = () => silent || born !== generation
    for (const socket of [client, behind]) {
      sockets.add(socket)
      socket.on('error', () => undefined)
      socket.on('close', () => {
        sockets.delete(socket)
        client.destroy()
        behind.destroy()
      })
    }
    let answered: (() => void) | null = null
    client.on('data', (bytes) => {
      if (isDropped()) return
      if (wanted !== null && bytes.includes(wanted.text)) {
        const { when, done } = wanted
        wanted = null
        if (when === 'before') {
          client.destroy()
          done()
          return
        }
        answered = done
      }
      behind.write(bytes)
    })
    behind.on('data', (bytes) => {
      if (isDropped()) return
      if (answered === null) {
        client.write(bytes)
        return
      }
      // The first of it is enough: an answer this small leaves the server at once, after the commit.
      client.destroy()
      answered()
    })
  })
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')

  return {
    url: addressThrough(databaseUrl, (server.address() as AddressInfo).port),
    breakAt(text, when) {
      const { promise, resolve } = Promise.withResolvers<void>()
      wanted = { text, when, done: resolve }
      return promise
    },
    goSilent() {
      silent = true
    },
    recover() {
      silent = false
    },
    forgetConnections() {
      generation++
    },
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}

/** The address of a database through a proxy that listens on this port, or will. */
export function addressThrough(databaseUrl: string, port: number): string {
  const { user, password, database } = new pg.Client({ connectionString: databaseUrl })
  return `postgresql://${encodeURIComponent(user ?? '')}:${encodeURIComponent(password ?? '')}@127.0.0.1:${port}/${database}`
}
