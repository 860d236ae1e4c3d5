import pg from 'pg'
import { limitRepeats } from '#lib/limit-repeats.ts'
import type { Log } from '#lib/log.ts'

export interface Listener {
  /** False while notifications may be missed; callers then read the tables instead. */
  listening(): boolean
  close(): Promise<void>
}

export interface ListenOptions {
  url: string
  channels: readonly string[]
  log: Log
  onNotification(channel: string, payload: string): void
  /** Called after each connect, including the first; earlier notifications are lost, so callers catch up now. */
  onConnect(): void
  /** Milliseconds between probes of the connection (15,000). */
  probeInterval?: number
  /** How long the server may take to respond, in milliseconds (5,000). */
  probeTimeout?: number
}

const FIRST_PAUSE = 250
const LONGEST_PAUSE = 5_000
const PROBE_INTERVAL = 15_000
/** How long the server may take to respond. */
const PROBE_TIMEOUT = 5_000

/**
 * Listens for notifications on a connection of its own and reconnects whenever it breaks. A probe every 15 seconds finds a
 * connection that is dead without having been closed.
 */
export function listen(options: ListenOptions): Listener {
  const { probeInterval = PROBE_INTERVAL, probeTimeout = PROBE_TIMEOUT } = options
  const warnings = limitRepeats(options.log)
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
      connectionTimeoutMillis: probeTimeout,
      query_timeout: probeTimeout,
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
      schedule(probe, probeInterval)
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
    if (error !== null) warnings.warn({ err: error }, 'lost the connection that listens for notifications; reconnecting')
    schedule(() => {
      connecting = connect()
    }, pause)
    pause = Math.min(LONGEST_PAUSE, pause * 2)
  }

  function probe(): void {
    const probed = client
    if (probed === null) return
    probed.query('select 1').then(
      () => {
        if (client === probed) schedule(probe, probeInterval)
      },
      (error) => lost(probed, error),
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
