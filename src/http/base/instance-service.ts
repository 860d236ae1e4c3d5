/** What administrators see about the server. Bytes and times in milliseconds since the Unix epoch. */
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
  /** Worker threads of the process that responds. */
  threads: { pool: string; threads: number; busy: number; queued: number }[]
  schedule: { jobType: string; nextRunAt: number }[]
  checks: InstanceCheck[]
  /** Settings in force, by the variable that sets them; a secret is `set` or null. */
  settings: { name: string; value: string | null }[]
}

/** A process that works on the database of this server and is alive. */
export interface InstanceProcess {
  name: string
  /** Name of its machine. */
  host: string
  role: string
  version: string
  startedAt: number
  /** Its last sign of life. */
  lastSeenAt: number
  memoryBytes: number
  /** Worker threads of all its pools. */
  threads: number
  busyThreads: number
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
  diagnostics(): Promise<Diagnostics>
}

/** What helps to find a fault, without any secret. */
export interface Diagnostics {
  /** Milliseconds since the Unix epoch. */
  writtenAt: number
  version: string
  /** What runs it. */
  system: { node: string; platform: string; arch: string; cores: number; memoryBytes: number; uptimeSeconds: number }
  instance: InstanceDetails
  jobs: { byState: Record<string, number>; lastFailed: FailedJob[] }
  /** The last lines of the log of the process that answers, oldest first; null when it keeps none. */
  log: Record<string, unknown>[] | null
}

/** A job that failed, newest first. */
export interface FailedJob {
  id: string
  jobType: string
  createdAt: number
  finishedAt: number | null
  attempt: number
  error: { name: string; message: string } | null
  /** Its last log lines that are not plain messages. */
  log: { timestamp: string; type: string; message: string }[]
}
