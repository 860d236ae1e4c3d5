import pg from 'pg'

export interface WatchOptions {
  /** The address that the watched connections were opened with. */
  url: string
  /** How long a statement may run before the server is asked about it. */
  silenceMilliseconds: number
  /** How long the server may take to respond to that question. */
  responseMilliseconds: number
  /** Called when connections were closed because of their silence. */
  onDead?(connections: number): void
}

export interface StatementWatch {
  /** Watches all statements of a connection of a pool. */
  add(client: pg.PoolClient): void
  close(): void
}

/** A statement under way. */
interface Statement {
  client: pg.PoolClient
  since: number
  /** Whether the last check found that the server is not working on it. */
  doubted: boolean
}

/**
 * Closes connections whose server has stopped responding without closing them, so that their statements fail with a connection error. TCP
 * alone takes a quarter of an hour for that. A timeout per statement would also end statements that rightly take long.
 *
 * When a statement has run for `silenceMilliseconds`, a new connection asks the server whether it works on it. Its connection is closed when
 * two checks in a row, half that time apart, say no or get no response.
 */
export function watchStatements(options: WatchOptions): StatementWatch {
  const { url, silenceMilliseconds } = options
  const running = new Map<pg.PoolClient, Statement>()
  let checking = false
  const timer = setInterval(() => void check(), silenceMilliseconds / 2)
  timer.unref()

  async function check(): Promise<void> {
    const latest = performance.now() - silenceMilliseconds
    const silent = [...running.values()].filter(({ since }) => since < latest)
    if (checking || silent.length === 0) return
    checking = true
    const active = await activePids(url, options.responseMilliseconds)
    checking = false
    let dead = 0
    for (const statement of silent) {
      const { client } = statement
      if (running.get(client) !== statement) continue
      const isDoubtful = active !== 'all' && !active.has(pidOf(client))
      if (isDoubtful && statement.doubted) {
        dead++
        // Destroys the socket, because a statement is under way.
        if (client instanceof pg.Client) void client.end().catch(() => undefined)
      }
      statement.doubted = isDoubtful
    }
    if (dead > 0) options.onDead?.(dead)
  }

  return {
    add(client) {
      const original = client.query.bind(client) as (...rest: unknown[]) => Promise<unknown>
      const query = (...rest: unknown[]): Promise<unknown> => {
        const statement = { client, since: performance.now(), doubted: false }
        running.set(client, statement)
        const result = original(...rest)
        const ended = () => {
          if (running.get(client) === statement) running.delete(client)
        }
        void Promise.resolve(result).then(ended, ended)
        return result
      }
      client.query = query as typeof client.query
    },
    close: () => clearInterval(timer),
  }
}

/**
 * The pids of the backends that work on a statement; none when the server does not respond, and `all` when it responds but cannot tell,
 * because it refuses more connections or a pooler hides the pids.
 */
async function activePids(url: string, milliseconds: number): Promise<ReadonlySet<number | undefined> | 'all'> {
  const client = new pg.Client({
    connectionString: url,
    application_name: 'chartroom watch',
    connectionTimeoutMillis: milliseconds,
    query_timeout: milliseconds,
  })
  client.on('error', () => undefined)
  try {
    await client.connect()
    const { rows } = await client.query<{ pid: number; own: boolean }>(
      `select pid, pid = pg_backend_pid() as own from pg_stat_activity where state = 'active'`,
    )
    const own = rows.find((row) => row.own)?.pid
    return own === undefined || own !== pidOf(client) ? 'all' : new Set(rows.map((row) => row.pid))
  } catch (error) {
    return error instanceof pg.DatabaseError ? 'all' : new Set()
  } finally {
    await client.end().catch(() => undefined)
  }
}

/** The backend's pid as the server reported it when the connection opened. */
function pidOf(client: object): number | undefined {
  return 'processID' in client && typeof client.processID === 'number' ? client.processID : undefined
}
