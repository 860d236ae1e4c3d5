/** What administrators see of the server. Bytes and times in milliseconds since the Unix epoch. */
export interface InstanceDetails {
  /** Figures are measured at most every few minutes; null until the first time. */
  storage: {
    measuredAt: number | null
    /** Public charts as they were downloaded. */
    charts: number | null
    /** Charts prepared for drawing. */
    compiled: number | null
    /** Tiles kept on disk. */
    tiles: number | null
    uploads: number | null
    database: number | null
    /** Free on the disk of the data directory. */
    freeDisk: number | null
  }
  database: { version: string | null; kind: 'embedded' | 'external'; bytes: number | null }
  processes: InstanceProcess[]
  /** Worker threads of the process that answers. */
  threads: { pool: string; threads: number; busy: number; queued: number }[]
  schedule: { jobType: string; nextRunAt: number }[]
  checks: InstanceCheck[]
  /** Settings in force, by the variable that sets them; a secret is `set` or null. */
  settings: { name: string; value: string | null }[]
}

/** A process of the server. */
export interface InstanceProcess {
  name: string
  role: string
  startedAt: number
  memoryBytes: number
}

export const CHECK_STATES = ['ok', 'warning', 'failed', 'unknown'] as const

/** A condition of a healthy server. */
export interface InstanceCheck {
  name: string
  state: (typeof CHECK_STATES)[number]
  /** A sentence for people. */
  message: string
  /** What to do about it; null when there is nothing to do. */
  action: string | null
  checkedAt: number | null
}

/** Describes the server to its administrators. */
export interface InstanceService {
  details(): Promise<InstanceDetails>
}
