import pg from 'pg'
import type { Log } from '#lib/log.ts'

export interface Listener {
  /** False while notifications may be missed: whoever depends on them should ask the tables instead. */
  listening(): boolean
  close(): Promise<void>
}

export interface ListenOptions {
  url: string
  channels: readonly string[]
  log: Log
  onNotification(channel: string, payload: string): void
  /** Called after each connection, the first included: what was notified before is lost, so this is the time to catch up. */
  onConnect(): void
}

const FIRST_PAUSE = 250
const LONGEST_PAUSE = 5_000
const PROBE_INTERVAL = 15_000

/**
 * Listens for notifications on a connection of its own, and connects again for ever when it breaks. A connection that is dead
 * without saying so is found by a probe every 15 seconds.
 */
export function listen(options: ListenOptions): Listener {
  let client: pg.Client | null = null
  let closed = false
  let pause = FIRST_PAUSE
  let timer: NodeJS.Timeout | undefined
  let connecting: Promise<void> = connect()

  async function connect(): Promise<void> {
    const next = new pg.Client({
      connectionString: options.url,
      application_name: 'chartroom-listen',
      keepAlive: true,
      connectionTimeoutMillis: 10_000,
    })
    next.on('error', (error) => lost(next, error))
    next.on('end', () => lost(next, null))
    next.on('notification', (message) => options.onNotification(message.channel, message.payload ?? ''))
    try {
      await next.connect()
      for (const channel of options.channels) await next.query(`listen ${pg.escapeIdentifier(channel)}`)
      if (closed) return void (await next.end())
      client = next
      pause = FIRST_PAUSE
      options.onConnect()
      schedule(probe, PROBE_INTERVAL)
    } catch (error) {
      lost(next, error)
    }
  }

  function lost(gone: pg.Client, error: unknown): void {
    gone.removeAllListeners()
    gone.on('error', () => {})
    void gone.end().catch(() => {})
    if (closed || (client !== null && client !== gone)) return
    client = null
    options.log.debug({ err: error }, 'the connection that listens for notifications broke; connecting again')
    schedule(() => {
      connecting = connect()
    }, pause)
    pause = Math.min(LONGEST_PAUSE, pause * 2)
  }

  function probe(): void {
    const probed = client
    if (probed === null) return
    const late = setTimeout(() => lost(probed, new Error('no answer to a probe')), 5_000)
    probed.query('select 1').then(
      () => {
        clearTimeout(late)
        if (client === probed) schedule(probe, PROBE_INTERVAL)
      },
      (error) => {
        clearTimeout(late)
        lost(probed, error)
      },
    )
  }

  function schedule(work: () => void, milliseconds: number): void {
    clearTimeout(timer)
    timer = setTimeout(work, milliseconds)
    timer.unref()
  }

  return {
    listening: () => client !== null,
    async close() {
      closed = true
      clearTimeout(timer)
      await connecting
      const last = client
      client = null
      last?.removeAllListeners('end')
      await last?.end().catch(() => {})
    },
  }
}
