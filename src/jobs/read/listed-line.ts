import { type RawBuilder, sql } from 'kysely'

/** Bytes up to which a line is shown whole in a list. */
const WHOLE = 1_024
/** Characters kept of a longer line. */
const KEPT = 970
const MARK = ' ... (cut; the job’s log has the whole line)'

/** Bytes of log lines per record of a list. A page of 200 records has at most 8 MB of them. */
export const LISTED_BYTES = 40 * 1_024

/** The message of a `job_log` row as lists show it. PostgreSQL cuts it, so that a long text never reaches the event loop. */
export const listedMessage: RawBuilder<string> = sql<string>`case
  when octet_length(message) > ${sql.lit(WHOLE)} and length(message) > ${sql.lit(KEPT)}
  then left(message, ${sql.lit(KEPT)}) || ${sql.lit(MARK)} else message end`

/** The number of bytes that `listedMessage` takes, about. */
export const listedBytes: RawBuilder<number> = sql<number>`least(octet_length(message), ${sql.lit(WHOLE)})`
