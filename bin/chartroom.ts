import path from 'node:path'
import { setFlagsFromString } from 'node:v8'
import { runDemo } from '#cli/demo.ts'
import { startOwnPostgres } from '#compose/database.ts'
import { ROLES, type Role } from '#config/config.ts'
import { ConfigError } from '#config/config-error.ts'
import { loadConfig } from '#config/load-config.ts'
import { prepareDataDir } from '#config/prepare-data-dir.ts'
import { messageOf } from '#lib/errors.ts'
import { createLog } from '#lib/log.ts'
import { VERSION } from '#lib/version.ts'
import { watchParents } from '#lib/watch-parents.ts'
import { type Chartroom, startChartroom } from '#main'

const USAGE = `Chartroom ${VERSION}, a nautical chart server

  chartroom serve          run the server (npm start)
  chartroom serve --role api|worker|all
                           run one part of it, when several processes share the PostgreSQL of DATABASE_URL: api serves
                           requests, worker runs jobs, all does both (docs/operations.md)
  chartroom demo           run the server, refresh the charts once with a progress bar, keep serving (npm run demo)
  chartroom demo --check   the same, but stop after the refresh; the exit code is 0 if it succeeded
  chartroom cluster-demo   run one API server and three workers on one PostgreSQL, refresh the charts, show each worker's
                           share, stop; with --keep, keep serving; with --s3, each process has a data directory of its own
                           and they share the bucket of S3_BUCKET (npm run cluster-demo)
  chartroom backup FILE    write the database and all charts of DATA_DIR to one file, also while a server runs (docs/backup.md)
  chartroom restore FILE   restore such a file into an empty DATA_DIR, or into the empty database of DATABASE_URL
  chartroom --version

Settings are environment variables; docs/operations.md lists them.
`

// The size for young objects that scripts/run.mjs sets is for this thread. Worker threads would take it from the flag despite their limits.
setFlagsFromString('--max-semi-space-size=0')

const [command = 'serve', ...options] = process.argv.slice(2)
let starting: Promise<Pick<Chartroom, 'close'>> | null = null
/** Time of the first signal, in milliseconds of `performance.now()`. */
let stoppingSince: number | null = null
/** Service managers signal the whole group, and npm passes the signal on: within this time it is the same request. */
const ECHO = 2_000

process.on('SIGINT', () => stop('SIGINT'))
process.on('SIGTERM', () => stop('SIGTERM'))
// The cluster demo and scripts/run.mjs hold a channel to the process they start. It breaks when they die.
if (process.channel) {
  process.on('disconnect', () => stop('SIGTERM'))
  process.channel.unref()
}
// scripts/run.mjs names the npm whose place it took. The children of this process have this process for their parent.
const parents = process.env['CHARTROOM_PARENTS']?.split(' ').map(Number) ?? []
delete process.env['CHARTROOM_PARENTS']
// It also finds out whether the portal's build is missing or old.
const isPortalStale = process.env['CHARTROOM_BUILD_PORTAL'] === '1'
delete process.env['CHARTROOM_BUILD_PORTAL']
if (parents.length > 0) watchParents(parents, () => stop('SIGTERM'))

try {
  const role = roleOf(options)
  if (command === 'serve' && role !== null) await serve(role)
  else if (command === 'demo' && options.every((option) => option === '--check')) await demo(options.includes('--check'))
  else if (command === 'cluster-demo' && options.every((option) => ['--keep', '--s3'].includes(option)))
    await clusterDemo({ keep: options.includes('--keep'), shareBucket: options.includes('--s3') })
  else if ((command === 'backup' || command === 'restore') && options.length === 1 && !options[0]?.startsWith('-'))
    await moveData(command, path.resolve(options[0] ?? ''))
  else if (command === '--version') console.log(VERSION)
  else {
    process.stderr.write(USAGE)
    process.exitCode = command === '--help' ? 0 : 2
  }
} catch (error) {
  // The operator gets the reason without a stack trace.
  const what = command === 'backup' || command === 'restore' ? `The ${command} failed` : 'Chartroom did not start'
  process.stderr.write(`\n${what}: ${messageOf(error)}\n`)
  if (!(error instanceof ConfigError) && process.env['LOG_LEVEL'] === 'debug') console.error(error)
  await closeStarted()
  process.exit(1)
}

/** The role in the options of `serve`, `--role x` or `--role=x`; null for unknown options. */
function roleOf(options: readonly string[]): Role | null {
  if (options.length === 0) return 'all'
  const given = /^--role(?:[ =](.*))?$/.exec(options.join(' '))?.[1]
  return ROLES.find((role) => role === given) ?? null
}

async function serve(role: Role): Promise<void> {
  const config = loadConfig(process.env, { role })
  const log = createLog(config.logLevel)
  const begun = startChartroom(config, log, { isPortalStale })
  starting = begun
  const chartroom = await begun
  const where = chartroom.url === null ? 'Chartroom runs jobs; it has no port' : `Chartroom is at ${chartroom.url}/`
  log.info({ version: VERSION, role, dataDir: config.dataDir }, where)
}

async function demo(check: boolean): Promise<void> {
  const environment = { ...process.env }
  // Log lines would break the progress bar; LOG_LEVEL brings them back.
  environment['LOG_LEVEL'] ||= 'error'
  // Loaded only here, because the server does not need the writer of an invented coast.
  const { chooseDemoSource } = await import('#cli/demo-source.ts')
  const { dataDir } = loadConfig(environment)
  process.stdout.write(`Chartroom ${VERSION}, data in ${dataDir}\n`)
  await prepareDataDir(dataDir)
  const source = await chooseDemoSource(environment, dataDir, process.stdout)
  const config = loadConfig({ ...environment, ...source.environment })
  process.stdout.write('Starting the server and its database ...\n')
  const begun = startChartroom(config, createLog(config.logLevel), { isPortalStale })
  starting = begun
  const chartroom = await begun
  const { username, password } = config.initialAdmin
  const job = await runDemo({
    baseUrl: chartroom.url ?? '',
    username,
    password,
    source: source.words,
    invented: source.invented,
    out: process.stdout,
    keepsServing: !check,
  })
  if (!check) return
  await chartroom.close()
  process.exit(job.jobState === 'completed' ? 0 : 1)
}

/** Runs a cluster on this machine, with its data in a separate folder so that another server is not affected. */
async function clusterDemo({ keep, shareBucket }: { keep: boolean; shareBucket: boolean }): Promise<void> {
  const environment = { ...process.env }
  environment['LOG_LEVEL'] ||= 'error'
  const out = process.stdout
  const [{ chooseDemoSource }, { startCluster }] = await Promise.all([
    import('#cli/demo-source.ts'),
    import('#cli/cluster-demo.ts'),
  ])
  const config = loadConfig(environment)
  if (config.port === null) throw new Error('the cluster demo needs a port')
  if (shareBucket && config.s3 === null)
    throw new Error(
      'the cluster demo with --s3 needs a bucket: set S3_BUCKET, S3_ENDPOINT, S3_ACCESS_KEY_ID and S3_SECRET_ACCESS_KEY',
    )
  const { port } = config
  const dataDir = path.join(config.dataDir, 'cluster')
  out.write(`Chartroom ${VERSION}, a cluster with data in ${dataDir}\n`)
  await prepareDataDir(dataDir)
  const source = await chooseDemoSource(environment, dataDir, out)
  const begun = (async () => {
    out.write('Starting one PostgreSQL, one API server and three workers ...\n')
    const postgres = await startOwnPostgres(config, dataDir, createLog(config.logLevel))
    try {
      const cluster = await startCluster({
        databaseUrl: postgres.url,
        environment: { ...environment, ...source.environment },
        dataDirOf: (name) => (shareBucket ? path.join(dataDir, name) : dataDir),
        port,
        workers: 3,
        ...config.initialAdmin,
        source: source.words,
        out,
      })
      const close = async () => {
        await cluster.close()
        await postgres.stop()
      }
      return { ...cluster, close }
    } catch (error) {
      await postgres.stop()
      throw error
    }
  })()
  starting = begun
  const cluster = await begun
  const job = await cluster.refresh()
  if (keep) return void out.write(`\nThe cluster keeps serving at ${cluster.url}/; stop it with Ctrl-C.\n`)
  await cluster.close()
  out.write('\nStopped.\n')
  process.exit(job.jobState === 'completed' ? 0 : 1)
}

/** Makes a backup, or restores one. A signal stops it, which leaves no half-made file and no half-filled database. */
async function moveData(kind: 'backup' | 'restore', file: string): Promise<void> {
  const environment = { ...process.env }
  environment['LOG_LEVEL'] ||= 'warn'
  const config = loadConfig(environment)
  await prepareDataDir(config.dataDir)
  const [{ backUp, restore }, { backupCommand }, { restoreCommand }] = await Promise.all([
    import('#compose/backup.ts'),
    import('#cli/commands/backup.ts'),
    import('#cli/commands/restore.ts'),
  ])
  const stopping = new AbortController()
  const parts = { config, log: createLog(config.logLevel), file, signal: stopping.signal }
  const work =
    kind === 'backup'
      ? backupCommand((onProgress) => backUp({ ...parts, onProgress }), process.stdout)
      : restoreCommand((onProgress) => restore({ ...parts, onProgress }), process.stdout)
  starting = Promise.resolve({
    async close() {
      stopping.abort(new Error('stopped by a signal'))
      await work.catch(() => undefined)
    },
  })
  await work
}

/** Closes the server, even while it is starting; a failed start has closed itself. */
async function closeStarted(): Promise<void> {
  const chartroom = await starting?.catch(() => null)
  await chartroom?.close()
}

/** A later signal during the stop ends the process at once; the next start recovers. */
function stop(signal: 'SIGINT' | 'SIGTERM'): void {
  if (stoppingSince !== null) {
    if (performance.now() - stoppingSince > ECHO) process.exit(signal === 'SIGINT' ? 130 : 143)
    return
  }
  stoppingSince = performance.now()
  void (async () => {
    try {
      await closeStarted()
      process.exit(0)
    } catch (error) {
      process.stderr.write(`Chartroom did not stop cleanly: ${messageOf(error)}\n`)
      process.exit(1)
    }
  })()
}
