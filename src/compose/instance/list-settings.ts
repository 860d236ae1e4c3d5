import { CHART_SOURCES } from '#charts/sources/chart-sources.ts'
import { configuredSources } from '#charts/sources/configured-sources.ts'
import { noaa } from '#charts/sources/noaa.ts'
import type { Config } from '#config/config.ts'

const DAY = 86_400_000

type Setting = [name: string, value: string | number | boolean | null]

/**
 * The settings in force, by the variable that sets them, without those of the very first start. For a secret it says only whether it is
 * set.
 */
export function listSettings(config: Config): { name: string; value: string | null }[] {
  const { jobs, publicCharts, s63, s100, tiles, userReports } = config
  const settings: Setting[] = [
    ['HOST', config.host],
    ['PORT', config.port],
    ['PUBLIC_URL', config.publicUrl],
    ['TRUSTED_PROXIES', config.trustedProxies.join(', ') || null],
    ['DATA_DIR', config.dataDir],
    ['INSTANCE_NAME', config.instanceName],
    ['DATABASE_URL', secret(config.databaseUrl)],
    ['DATABASE_WAIT_SECONDS', config.databaseWaitSeconds],
    ...postgresSettings(config),
    ...bucketSettings(config),
    ['SECRET_KEY', secret(config.secretKey)],
    ['BACKUP_PASSPHRASE', secret(config.backups.passphrase)],
    ['BACKUP_KEEP', config.backups.keep],
    ['PUBLIC_CHARTS_URL', withoutSecrets(publicCharts.url)],
    ...otherSources(publicCharts),
    ['PUBLIC_CHARTS_FILTER', publicCharts.filter === null ? null : JSON.stringify(publicCharts.filter)],
    ['PUBLIC_CHARTS_ALLOW_DOWNGRADE', publicCharts.allowDowngrade],
    ['JOB_PROCESSOR_MAX_WORKER_COUNT', jobs.maxWorkerCount],
    ['JOB_PROCESSOR_ENABLE_AUTO_CHART_UPDATE', jobs.autoChartUpdate],
    ['DEPLOYMENT_SCALE_NUM_API_INSTANCES', tiles.threads],
    ['TILE_CACHE_MAX_BYTES', tiles.cacheBytes],
    ['MEMORY_LIMIT_BYTES', config.machineMemoryBytes],
    ['EXPORTS_RETENTION_DAYS', config.exports.retention / DAY],
    ['EXPORTS_MAX_TILES', config.exports.mostTiles],
    ['PROVISIONING_DIR', config.provisioning.folder],
    ['PROVISIONING_DEFAULT_TOKEN', secret(config.provisioningDefaultToken)],
    ['WEBHOOKS_ALLOW_PRIVATE', config.webhooks.allowPrivate],
    ['S63_MANUFACTURER_ID', secret(s63.identity?.manufacturerId)],
    ['S63_MANUFACTURER_KEY', secret(s63.identity?.manufacturerKey)],
    ['S63_HARDWARE_ID', secret(s63.identity?.hardwareId)],
    ['S63_SIGNATURES', s63.signatures],
    ['S63_AUTHORITY_FILE', s63.authorityFile],
    ['PREFER_STANDARD', config.preferStandard],
    ['S100_SIGNATURES', s100.signatures],
    ['S100_AUTHORITY_FILE', s100.authorityFile],
    ['USER_REPORTS_EXPIRATION_AGE_MS', userReports.expirationAge],
    ['USER_REPORTS_RETENTION_DAYS', userReports.retention / DAY],
    ['USER_REPORTS_BATHYMETRY_TRACK_GAP_MS', userReports.trackGap],
    ['USER_REPORTS_BATHYMETRY_MAX_SOUNDINGS_PER_REQUEST', userReports.maximumSoundings],
    ['USER_REPORTS_BATHYMETRY_MAX_TRACK_BYTES', userReports.maximumTrackBytes],
    ['OTEL_SERVICE_NAME', config.tracing?.serviceName ?? null],
    ['OTEL_EXPORTER_OTLP_ENDPOINT', config.tracing === null ? null : withoutSecrets(config.tracing.url)],
    ['LOG_LEVEL', config.logLevel],
  ]
  return settings.map(([name, value]) => ({ name, value: value === null ? null : String(value) }))
}

/** What the embedded PostgreSQL gets; all null for an external one, which has its own. */
function postgresSettings({ databaseUrl, postgres }: Config): Setting[] {
  const isEmbedded = databaseUrl === null
  const sized = Object.entries(postgres.settings).map(([name, value]): Setting => {
    return [`POSTGRES_${name.toUpperCase()}`, isEmbedded ? value : null]
  })
  return [...sized, ['POSTGRES_RUN_AS', isEmbedded ? postgres.user : null]]
}

function bucketSettings({ s3 }: Config): Setting[] {
  return [
    ['S3_ENDPOINT', s3?.endpoint ?? null],
    ['S3_BUCKET', s3?.bucket ?? null],
    ['S3_REGION', s3?.region ?? null],
    ['S3_ACCESS_KEY_ID', secret(s3?.credentials?.accessKeyId)],
    ['S3_SECRET_ACCESS_KEY', secret(s3?.credentials?.secretAccessKey)],
    ['S3_FORCE_PATH_STYLE', s3?.forcePathStyle ?? null],
    ['S3_PREFIX', s3?.prefix || null],
    ['S3_CACHE_MAX_BYTES', s3?.cacheBytes ?? null],
  ]
}

/** The catalogues of the sources besides NOAA; null for one that is turned off. */
function otherSources(publicCharts: Config['publicCharts']): [name: string, value: string | null][] {
  const read = new Map(configuredSources(publicCharts).map(({ source, catalogueUrl }) => [source.id, catalogueUrl]))
  return CHART_SOURCES.filter((source) => source !== noaa).map((source) => {
    const url = read.get(source.id)
    return [source.variable, url === undefined ? null : withoutSecrets(url)]
  })
}

function secret(value: string | null | undefined): 'set' | null {
  return value === null || value === undefined ? null : 'set'
}

/** An address may hold a password, or a signature in its query. */
function withoutSecrets(url: URL): string {
  const shown = new URL(url)
  shown.username = ''
  shown.password = ''
  shown.search = ''
  shown.hash = ''
  return shown.href
}
