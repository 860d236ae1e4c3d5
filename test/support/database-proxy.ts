import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import pg from 'pg'

export interface DatabaseProxy {
  /** Address of the database through this proxy. */
  url: string
  /**
   * Breaks the next connection that sends this text: `before` the server receives it, or `after` the server has handled it, so that
   * the response is lost. Resolves when that has happened.
   */
  breakAt(text: string, when: 'before' | 'after'): Promise<void>
  /** Stops forwarding and closes nothing, like a network that drops every packet. New connections are accepted. */
  goSilent(): void
  /** Forwards again. */
  recover(): void
  /** Drops all further data of the present connections, like a router that has restarted. */
  forgetConnections(): void
  [Symbol.asyncDispose](): Promise<void>
}

/**
 * A proxy between clients and a PostgreSQL that breaks their connections at a chosen moment. Without TLS.
 *
 * @param port to listen on; default: a free one.
 */
export async function startDatabaseProxy(databaseUrl: string, port = 0): Promise<DatabaseProxy> {
  // The driver parses the address, which may name a host or the folder of a socket.
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
      // The first bytes suffice: so small a response leaves the server in one piece, after the commit.
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

/** Address of a database through a proxy on this port. */
export function addressThrough(databaseUrl: string, port: number): string {
  const { user, password, database } = new pg.Client({ connectionString: databaseUrl })
  return `postgresql://${encodeURIComponent(user ?? '')}:${encodeURIComponent(password ?? '')}@127.0.0.1:${port}/${database}`
}
