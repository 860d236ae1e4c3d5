import type pg from 'pg'

/** Rounds of `changesSessions`: in a busy pool, the first may get the same server connection by chance. */
const ROUNDS = 4

/**
 * Whether a connection changes its PostgreSQL session between transactions, as behind a connection pooler in transaction mode. LISTEN,
 * advisory locks and settings then end up in sessions that serve other clients.
 *
 * @param client connected, outside a transaction.
 * @param connect opens another connection to the same address; it is ended here.
 */
export async function changesSessions(client: pg.Client, connect: () => Promise<pg.Client>): Promise<boolean> {
  const other = await connect()
  try {
    for (let round = 0; round < ROUNDS; round++) {
      const before = await backendPid(client)
      await other.query('begin')
      const taken = await backendPid(other)
      // While the other's transaction holds the session, a pooler cannot hand it back to this client.
      if (taken === before) return true
      if ((await backendPid(client)) !== before) return true
      await other.query('rollback')
    }
    return false
  } finally {
    await other.end().catch(() => undefined)
  }
}

async function backendPid(client: pg.Client): Promise<number | undefined> {
  const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid')
  return rows[0]?.pid
}

/** Whether a connection receives the notifications that it listens for. */
export async function receivesNotifications(client: pg.Client): Promise<boolean> {
  const channel = 'chartroom_probe'
  const word = `${process.pid}-${Math.random().toString(36).slice(2)}`
  let received = false
  client.on('notification', (notification) => {
    received ||= notification.payload === word
  })
  await client.query(`listen ${channel}`)
  await client.query('select pg_notify($1, $2)', [channel, word])
  // A session's own notifications arrive before the response to its next statement.
  await client.query('select 1')
  await client.query(`unlisten ${channel}`)
  return received
}
