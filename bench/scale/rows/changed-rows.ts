import { duration, spreadOf } from '../figure.ts'
import { embeddedDatabase } from '../measure/embedded-database.ts'
import { cachedPaths, pollTiles } from '../measure/poll-cached.ts'
import { pause } from '../measure/process-memory.ts'
import type { Row } from './row.ts'

const ROWS = 10_000

/** Rows of cells change in the database (only the time of indexing), statement by statement, while a client polls cached tiles. */
export const changedRows: Row = {
  name: 'rows',
  async measure(bench) {
    await bench.server()
    const paths = await cachedPaths(bench, 4, 700)
    const sql = await (await embeddedDatabase(bench.dataDir)).connect()
    try {
      const polling = pollTiles(bench, paths, 2)
      const begun = performance.now()
      let changed = 0
      while (changed < ROWS) {
        const { rowCount } = await sql.query(
          'update cell set indexed_at = now() where id in (select id from cell order by indexed_at, id limit $1)',
          [Math.min(1_000, ROWS - changed)],
        )
        if (!rowCount) throw new Error('no row of a cell was changed')
        changed += rowCount
      }
      const took = performance.now() - begun
      // The server is notified a moment later.
      await pause(3_000)
      const { times, failures } = await polling.stop()
      return [
        {
          what: `cached tiles while ${changed} rows change (${duration(took)})`,
          measured: `${spreadOf(times)}${failures === 0 ? '' : `, ${failures} not 200`}`,
          aim: 'longest wait 250 ms',
        },
      ]
    } finally {
      await sql.end()
    }
  },
}
