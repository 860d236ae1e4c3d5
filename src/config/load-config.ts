import os from 'node:os'
import path from 'node:path'
import { messageOf } from '#lib/errors.ts'
import { UUID_PATTERN } from '#lib/ids.ts'
import type { CellFilter, Config, Role } from './config.ts'
import { machineCores, machineMemoryBytes } from './machine.ts'
import { CELL_FILTER_GRAMMAR, parseCellFilter } from './parse-cell-filter.ts'
import { postgresSettings } from './postgres-settings.ts'
import { publicUrl, trustedProxies } from './proxy-settings.ts'
import { createSettingsReader, type Environment, type SettingsReader } from './settings-reader.ts'
import { objectStorage } from './storage-settings.ts'

const NOAA_CATALOGUE = 'https://www.charts.noaa.gov/ENCs/ENCProdCat.xml'
const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const

/**
 * Reads the configuration from environment variables; an empty variable counts as unset. Ignores variables of other servers with the
 * same API (such as `LICENSING_*`).
 *
 * @param given the role from the command line (default `all`), and the machine from which defaults are calculated; tests pass their
 *   own.
 * @throws ConfigError with all problems at once.
 */
export function loadConfig(env: Environment, given: { role?: Role; machineMemoryBytes?: number; cores?: number } = {}): Config {
  const read = createSettingsReader(env)
  const role = given.role ?? 'all'
  const memoryBytes = memoryLimit(read, given.machineMemoryBytes ?? machineMemoryBytes())
  const config: Config = {
    role,
    instanceName: read.text('INSTANCE_NAME') ?? `${os.hostname()}:${process.pid}`,
    host: host(read),
    port: read.integer('PORT', { minimum: role === 'worker' ? 0 : 1, maximum: 65_535, fallback: 9909 }) || null,
    trustedProxies: trustedProxies(read),
    publicUrl: publicUrl(read),
    dataDir: path.resolve(read.text('DATA_DIR') ?? 'data'),
    databaseUrl: databaseUrl(read),
    databaseWaitSeconds: read.integer('DATABASE_WAIT_SECONDS', { minimum: 0, maximum: 3_600, fallback: 30 }),
    s3: objectStorage(read),
    secretKey: secretKey(read),
    backups: {
      passphrase: passphrase(read),
      keep: read.integer('BACKUP_KEEP', { minimum: 1, maximum: 1_000, fallback: 7 }),
    },
    publicCharts: {
      url: chartsUrl(read) ?? new URL(NOAA_CATALOGUE),
      isDefault: read.text('PUBLIC_CHARTS_URL') === null,
      otherUrls: otherUrls(read, env),
      filter: chartsFilter(read),
      allowDowngrade: read.flag('PUBLIC_CHARTS_ALLOW_DOWNGRADE', false),
    },
    tracing: tracing(read),
    logLevel: read.choice('LOG_LEVEL', LOG_LEVELS, 'info'),
    initialAdmin: { username: read.text('INITIAL_ADMIN_USERNAME') ?? 'admin', password: adminPassword(read) },
    provisioningDefaultToken: defaultToken(read),
    provisioning: {
      folder: path.resolve(read.text('PROVISIONING_DIR') ?? 'provisioning'),
      isGiven: read.text('PROVISIONING_DIR') !== null,
    },
    jobs: {
      maxWorkerCount: read.integer('JOB_PROCESSOR_MAX_WORKER_COUNT', {
        minimum: 1,
        maximum: 256,
        fallback: Math.min(given.cores ?? machineCores(), 256),
      }),
      autoChartUpdate: read.flag('JOB_PROCESSOR_ENABLE_AUTO_CHART_UPDATE', false),
    },
    userReports: userReports(read),
    webhooks: { allowPrivate: read.flag('WEBHOOKS_ALLOW_PRIVATE', false) },
    exports: {
      retention: read.integer('EXPORTS_RETENTION_DAYS', { minimum: 1, maximum: 3_650, fallback: 14 }) * 86_400_000,
      mostTiles: read.integer('EXPORTS_MAX_TILES', { minimum: 1, maximum: 100_000_000, fallback: 1_000_000 }),
    },
    s63: {
      identity: s63Identity(read),
      signatures: read.choice('S63_SIGNATURES', ['require', 'warn', 'off'], 'warn'),
      authorityFile: read.text('S63_AUTHORITY_FILE'),
    },
    preferStandard: read.choice('PREFER_STANDARD', ['s101', 's57'], 's101'),
    s100: {
      signatures: read.choice('S100_SIGNATURES', ['require', 'warn', 'off'], 'warn'),
      authorityFile: read.text('S100_AUTHORITY_FILE'),
    },
    tiles: {
      threads: Math.min(
        read.integer('DEPLOYMENT_SCALE_NUM_API_INSTANCES', { minimum: 1, maximum: 256, fallback: 4 }),
        given.cores ?? machineCores(),
      ),
      cacheBytes: read.integer('TILE_CACHE_MAX_BYTES', { minimum: 0, maximum: 2 ** 50, fallback: 2 ** 30 }),
    },
    machineMemoryBytes: memoryBytes,
    postgres: {
      settings: postgresSettings(read, memoryBytes),
      user: runAs(read),
    },
  }
  if (role !== 'all' && config.databaseUrl === null) {
    read.problem(
      `--role ${role} needs DATABASE_URL: roles share one external PostgreSQL, and the embedded one belongs to a single process; set it, or omit the role`,
    )
  }
  read.finish()
  return freeze(config)
}

/** The memory that caches, threads and PostgreSQL are sized for: that of the machine unless the operator grants less. */
function memoryLimit(read: SettingsReader, machine: number): number {
  return Math.min(machine, read.integer('MEMORY_LIMIT_BYTES', { minimum: 2 ** 29, maximum: 2 ** 50, fallback: machine }))
}

function host(read: SettingsReader): string {
  const given = read.text('HOST')
  if (given === null) return '0.0.0.0'
  // A URL or host:port would fail much later, as an unknown host.
  if (!/^[a-z0-9.:_-]+$/i.test(given) || /^[^:]+:\d+$/.test(given)) {
    read.refuse('HOST', 'an address or host name to listen on, without a port, such as 0.0.0.0, 127.0.0.1 or ::')
  }
  return given
}

function databaseUrl(read: SettingsReader): string | null {
  const given = read.verbatim('DATABASE_URL')?.trim()
  if (!given) return null
  // A missing host (socket folder in ?host=) is valid, but the URL class rejects it after a user name.
  const withHost = given.replace(/^([a-z]+:\/\/(?:[^/?]*@)?)(?=[/?]|$)/i, '$1localhost')
  const parsed = URL.parse(withHost)
  // A password with a bare slash ends the host: its rest would count as the name of the database, and be shown.
  if (!/^postgres(ql)?:\/\//i.test(given) || parsed === null || /[@/]/.test(parsed.pathname.slice(1))) {
    read.refuse(
      'DATABASE_URL',
      'an address such as postgresql://user:password@host:5432/database, with special characters of the password percent-encoded',
      {
        secret: true,
      },
    )
  }
  return given
}

function secretKey(read: SettingsReader): string | null {
  const given = read.text('SECRET_KEY')
  if (given !== null && !/^[0-9a-f]{64}$/i.test(given))
    read.refuse('SECRET_KEY', '64 hexadecimal digits, such as `openssl rand -hex 32` prints', {
      secret: true,
      reason: 'it has another form',
    })
  return given
}

function passphrase(read: SettingsReader): string | null {
  const given = read.verbatim('BACKUP_PASSPHRASE')
  if (given !== null && given.length < 8)
    read.refuse('BACKUP_PASSPHRASE', 'at least 8 characters', { secret: true, reason: 'it is too short' })
  return given
}

/** The variables of the OpenTelemetry specification for an exporter: a base address, or the exact one for traces. */
function tracing(read: SettingsReader): Config['tracing'] {
  const exact = 'OTEL_EXPORTER_OTLP_TRACES_ENDPOINT'
  const base = 'OTEL_EXPORTER_OTLP_ENDPOINT'
  const name = read.text(exact) === null ? base : exact
  const given = read.text(name)
  if (given === null) return null
  const url = URL.parse(given)
  if (url === null || !['http:', 'https:'].includes(url.protocol)) {
    read.refuse(name, 'the http or https URL of an OTLP/HTTP collector, such as http://localhost:4318')
    return null
  }
  if (name === base) url.pathname = `${url.pathname.replace(/\/$/, '')}/v1/traces`
  return { url, serviceName: read.text('OTEL_SERVICE_NAME') ?? 'chartroom' }
}

function chartsUrl(read: SettingsReader): URL | null {
  return catalogueUrl(read, 'PUBLIC_CHARTS_URL', 'file:///srv/enc/ENCProdCat.xml')
}

/** Catalogues of sources other than NOAA, whichever there are: an empty variable turns one off. */
function otherUrls(read: SettingsReader, env: Environment): ReadonlyMap<string, URL | null> {
  const names = Object.keys(env).filter((name) => env[name] !== undefined && /^PUBLIC_[A-Z0-9]+_CHARTS_URL$/.test(name))
  return new Map(names.map((name) => [name, catalogueUrl(read, name, 'file:///srv/ienc/IENCU37ProductsCatalog.xml')]))
}

/** @returns null when the variable is unset, empty or wrong. */
function catalogueUrl(read: SettingsReader, name: string, example: string): URL | null {
  const given = read.text(name)
  if (given === null) return null
  const url = URL.parse(given)
  if (url !== null && ['http:', 'https:', 'file:'].includes(url.protocol)) return url
  // It may have a password or a signature in it.
  const secret = /[@?]/.test(given)
  read.refuse(name, `the http, https or file URL of a product catalogue, such as ${example}`, { secret })
  return null
}

function chartsFilter(read: SettingsReader): CellFilter | null {
  const given = read.text('PUBLIC_CHARTS_FILTER')
  if (given === null) return null
  try {
    return parseCellFilter(given)
  } catch (error) {
    read.refuse('PUBLIC_CHARTS_FILTER', CELL_FILTER_GRAMMAR, { reason: messageOf(error) })
    return null
  }
}

function adminPassword(read: SettingsReader): string {
  const given = read.verbatim('INITIAL_ADMIN_PASSWORD') ?? 'admin'
  if (given.length < 4)
    read.refuse('INITIAL_ADMIN_PASSWORD', 'at least 4 characters', { secret: true, reason: 'it is too short' })
  return given
}

function defaultToken(read: SettingsReader): string | null {
  const given = read.text('PROVISIONING_DEFAULT_TOKEN')?.toLowerCase() ?? null
  if (given !== null && !/^[0-9a-f]{32}$/.test(given)) {
    const reason = UUID_PATTERN.test(given) ? { reason: 'its dashes must be removed' } : {}
    read.refuse('PROVISIONING_DEFAULT_TOKEN', 'a UUID with no dashes: 32 hexadecimal digits', { secret: true, ...reason })
  }
  return given
}

function userReports(read: SettingsReader): Config['userReports'] {
  const milliseconds = (name: string, minimum: number, fallback: number) =>
    read.integer(name, { minimum, maximum: 10 * 365 * 86_400_000, fallback })
  return {
    expirationAge: milliseconds('USER_REPORTS_EXPIRATION_AGE_MS', 1_000, 3_600_000),
    retention: read.integer('USER_REPORTS_RETENTION_DAYS', { minimum: 1, maximum: 3_650, fallback: 30 }) * 86_400_000,
    trackGap: milliseconds('USER_REPORTS_BATHYMETRY_TRACK_GAP_MS', 0, 300_000),
    maximumSoundings: read.integer('USER_REPORTS_BATHYMETRY_MAX_SOUNDINGS_PER_REQUEST', {
      minimum: 1,
      maximum: 200_000,
      fallback: 50_000,
    }),
    maximumTrackBytes: read.integer('USER_REPORTS_BATHYMETRY_MAX_TRACK_BYTES', {
      minimum: 4_096,
      maximum: 2 ** 26,
      fallback: 262_144,
    }),
  }
}

/** Requires all three values or none: with two of them, no chart could be opened. */
function s63Identity(read: SettingsReader): Config['s63']['identity'] {
  const names = ['S63_MANUFACTURER_ID', 'S63_MANUFACTURER_KEY', 'S63_HARDWARE_ID'] as const
  const given = names.map((name) => read.text(name))
  if (given.every((value) => value === null)) return null
  for (const [i, name] of names.entries()) {
    const length = i === 0 ? 2 : 5
    const value = given[i] ?? null
    const fits =
      value !== null &&
      (new RegExp(`^[0-9a-z]{${length}}$`, 'i').test(value) || new RegExp(`^[0-9a-f]{${2 * length}}$`, 'i').test(value))
    if (fits) continue
    const takes = `${length} letters or digits, or their ${2 * length} hexadecimal digits`
    read.refuse(name, takes, {
      secret: true,
      reason: value === null ? 'the other two S63 values are set' : 'it has another form',
    })
  }
  return { manufacturerId: given[0] ?? '', manufacturerKey: given[1] ?? '', hardwareId: given[2] ?? '' }
}

function runAs(read: SettingsReader): string | null {
  const given = read.text('POSTGRES_RUN_AS')
  if (given === null) return null
  if (!/^[a-z_][a-z0-9_.-]*\$?$/i.test(given) || given === 'root') {
    read.refuse('POSTGRES_RUN_AS', 'the name of an account of this machine other than root')
  }
  return given
}

function freeze<T extends object>(value: T): T {
  for (const each of Object.values(value)) if (typeof each === 'object' && each !== null && !(each instanceof URL)) freeze(each)
  return Object.freeze(value)
}
