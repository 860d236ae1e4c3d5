/** Which cells of the catalogue to index: those that any name, state or box matches. */
export interface CellFilter {
  /** Cell names in upper case; `*` matches any characters, or none. */
  names: string[]
  /** Two-letter codes of states, as in the catalogue. */
  states: string[]
  /** `[west, south, east, north]` in degrees; west greater than east crosses the antimeridian. */
  boxes: [west: number, south: number, east: number, north: number][]
}

/** What this process does: api serves HTTP and creates jobs, worker runs them, all does both. */
export const ROLES = ['all', 'api', 'worker'] as const
export type Role = (typeof ROLES)[number]

/** All settings from the environment, checked and frozen. `docs/operations.md` lists the variables. */
export interface Config {
  role: Role
  /** Name of this process among several: in results of shared work, logs and traces. */
  instanceName: string
  host: string
  /** Null for a worker without HTTP. */
  port: number | null
  /** Addresses and CIDR networks of proxies whose headers name the client. */
  trustedProxies: readonly string[]
  /** The address that clients use, without a final slash; null to take it from each request. */
  publicUrl: string | null
  /** Absolute path. */
  dataDir: string
  /** Address of an external PostgreSQL; null for the embedded one. */
  databaseUrl: string | null
  /** How long startup waits for an unreachable external database. */
  databaseWaitSeconds: number
  /** The bucket that keeps the blobs; null: they are in the data directory. */
  s3: {
    /** Address of the service; null for Amazon's own. */
    endpoint: string | null
    bucket: string
    region: string
    /** Null: those of the machine. */
    credentials: { accessKeyId: string; secretAccessKey: string } | null
    forcePathStyle: boolean
    /** Empty, or ending in `/`. */
    prefix: string
    /** Size limit of the local copies, in bytes. */
    cacheBytes: number
  } | null
  /** The key of secrets as 64 hexadecimal digits; null: kept with the data. */
  secretKey: string | null
  backups: {
    /** Encrypts the secret key in backups; null: they have none. */
    passphrase: string | null
    /** How many backups of the job `backup` are kept. */
    keep: number
  }
  publicCharts: {
    /** The product catalogue: http, https or file. */
    url: URL
    /** Whether `url` is the producer's own catalogue: then those of the other sources are on unless they are turned off. */
    isDefault: boolean
    /** Catalogues of other sources by their variables, such as `PUBLIC_INLAND_CHARTS_URL`; null for one that is turned off. */
    otherUrls: ReadonlyMap<string, URL | null>
    /** Null for all cells. */
    filter: CellFilter | null
    /** Whether an older version in the catalogue replaces a newer cell. */
    allowDowngrade: boolean
  }
  /** Destination of traces by OTLP over HTTP; null for none. */
  tracing: { url: URL; serviceName: string } | null
  logLevel: string
  /** Used by the very first start only. */
  initialAdmin: { username: string; password: string }
  /** 32 hexadecimal digits in lower case, or null for none. Used by the very first start only. */
  provisioningDefaultToken: string | null
  /** Folder of resources that are read at each start, as an absolute path, and whether the operator has named it. */
  provisioning: { folder: string; isGiven: boolean }
  jobs: {
    /** Worker threads that read charts. */
    maxWorkerCount: number
    autoChartUpdate: boolean
  }
  userReports: {
    /** How long a report stays active, in milliseconds. */
    expirationAge: number
    /** How long a report is kept after it has expired or was deleted, in milliseconds. */
    retention: number
    /** Longest time between two soundings of a track, in milliseconds. */
    trackGap: number
    /** Soundings of one request. */
    maximumSoundings: number
    /** About the most bytes of a track. */
    maximumTrackBytes: number
  }
  webhooks: {
    /** Whether messages may go to this machine and private networks. */
    allowPrivate: boolean
  }
  exports: {
    /** How long a finished offline pack is kept, in milliseconds. */
    retention: number
    /** Tiles of the largest pack. */
    mostTiles: number
  }
  /** Encrypted charts; the identity is null when the operator has set none. */
  s63: {
    identity: { manufacturerId: string; manufacturerKey: string; hardwareId: string } | null
    signatures: 'require' | 'warn' | 'off'
    /** File of the authority that certifies data servers (IHO.CRT or IHO.PUB); null for none. */
    authorityFile: string | null
  }
  /** Which of two cells that show the same chart in both standards is drawn. */
  preferStandard: 's101' | 's57'
  s100: {
    signatures: 'require' | 'warn' | 'off'
    /** File of the scheme administrator's certificate, who certifies data servers of S-100; null for none. */
    authorityFile: string | null
  }
  tiles: {
    /** Threads that draw tiles. */
    threads: number
    /** Size limit of the tile cache on disk, in bytes; 0 disables it. */
    cacheBytes: number
  }
  /** Memory that this process may use; budgets of its parts are shares of this. */
  machineMemoryBytes: number
  postgres: {
    /** Names and values for postgresql.conf of the embedded server. */
    settings: Record<string, string>
    /** The account that runs the embedded server when Chartroom is root; null: chosen automatically. */
    user: string | null
  }
}
