/** Which cells of the catalogue to keep: a cell is kept when any name, any state or any box fits. */
export interface CellFilter {
  /** Cell names in upper case; `*` stands for any characters, none included. */
  names: string[]
  /** Two-letter codes of states, as the catalogue gives them. */
  states: string[]
  /** `[west, south, east, north]` in degrees; west greater than east means across the antimeridian. */
  boxes: [west: number, south: number, east: number, north: number][]
}

/** What this process does: api answers HTTP and creates jobs, worker runs them, all does both. */
export const ROLES = ['all', 'api', 'worker'] as const
export type Role = (typeof ROLES)[number]

/** Everything the server takes from its environment, checked and frozen. `docs/operations.md` lists the variables. */
export interface Config {
  role: Role
  /** How this process calls itself where several work together: in results of shared work, logs and traces. */
  instanceName: string
  host: string
  /** Null for none: a worker that nobody asks for its health. */
  port: number | null
  /** Absolute path. */
  dataDir: string
  /** Address of an external PostgreSQL; null for the embedded one. */
  databaseUrl: string | null
  /** How long to wait at the start for an external database that cannot be reached. */
  databaseWaitSeconds: number
  publicCharts: {
    /** The product catalogue: http, https or file. */
    url: URL
    /** Null for all cells. */
    filter: CellFilter | null
  }
  /** Where traces go: the address for OTLP over HTTP; null for nowhere. */
  tracing: { url: URL; serviceName: string } | null
  logLevel: string
  /** Counts at the very first start only. */
  initialAdmin: { username: string; password: string }
  /** 32 hexadecimal digits in lower case, or null for none. Counts at the very first start only. */
  provisioningDefaultToken: string | null
  jobs: {
    /** Worker threads for charts. */
    maxWorkerCount: number
    autoChartUpdate: boolean
  }
  /** Encrypted charts; the identity is null where the operator has given none. */
  s63: {
    identity: { manufacturerId: string; manufacturerKey: string; hardwareId: string } | null
    signatures: 'require' | 'warn' | 'off'
    /** File of the authority that certifies data servers (IHO.CRT or IHO.PUB); null for none. */
    authorityFile: string | null
  }
  tiles: {
    /** Threads that draw tiles. */
    threads: number
    /** Most bytes of drawn tiles on disk; 0 keeps none. */
    cacheBytes: number
  }
  /** Memory that this process may use: what each part of it may take is a share of this. */
  machineMemoryBytes: number
  postgres: {
    /** Names and values for postgresql.conf of the embedded server. */
    settings: Record<string, string>
    /** The account the embedded server runs under when Chartroom is started as root; null: chosen by itself. */
    user: string | null
  }
}
