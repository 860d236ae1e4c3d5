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
import { type Chartroom, startChartroom } from '#main'

const USAGE = `Chartroom ${VERSION}, a nautical chart server

  chartroom serve          run the server (npm start)
  chartroom serve --role api|worker|all
                           one part of it, where several processes share the PostgreSQL of DATABASE_URL: api answers
                           requests, worker runs jobs, all does both (docs/operations.md)
  chartroom demo           run the server, refresh the charts once with a progress bar, keep serving (npm run demo)
  chartroom demo --check   the same, but stop when the refresh has ended; the exit code says whether it succeeded
  chartroom cluster-demo   one API server and three workers on one PostgreSQL: refresh the charts together, show who did
                           what, stop; with --keep go on serving (npm run cluster-demo)
  chartroom --version

Settings come from the environment: docs/operations.md lists them.
`

// Where scripts/run.mjs sets a size for young objects, it is this thread's: others would take it from the flag, whatever their limits say.
setFlagsFromString('--max-semi-space-size=0')

const [command = 'serve', ...options] = process.argv.slice(2)
let starting: Promise<Pick<Chartroom, 'close'>> | null = null
/** When the first signal came, in milliseconds of `performance.now()`. */
let stoppingSince: number | null = null
/** Service managers and npm signal the whole group and pass the signal on as well: what comes so soon is the same request. */
const ECHO = 2_000

process.on('SIGINT', () => stop('SIGINT'))
process.on('SIGTERM', () => stop('SIGTERM'))
// Started by the cluster demo: without it nobody would ever end this process.
if (process.channel) process.on('disconnect', () => stop('SIGTERM'))

try {
  const role = roleOf(options)
  if (command === 'serve' && role !== null) await serve(role)
  else if (command === 'demo' && options.every((option) => option === '--check')) await demo(options.includes('--check'))
  else if (command === 'cluster-demo' && options.every((option) => option === '--keep'))
    await clusterDemo(options.includes('--keep'))
  else if (command === '--version') console.log(VERSION)
  else {
    process.stderr.write(USAGE)
    process.exitCode = command === '--help' ? 0 : 2
  }
} catch (error) {
  // What stops a start is for the operator: the reason in plain words, no stack.
  process.stderr.write(`\nChartroom did not start: ${messageOf(error)}\n`)
  if (!(error instanceof ConfigError) && process.env['LOG_LEVEL'] === 'debug') console.error(error)
  await closeStarted()
  process.exit(1)
}

/** The role that the options of `serve` name, `--role x` or `--role=x`; null for options that it does not take. */
function roleOf(options: readonly string[]): Role | null {
  if (options.length === 0) return 'all'
  const given = /^--role(?:[ =](.*))?$/.exec(options.join(' '))?.[1]
  return ROLES.find((role) => role === given) ?? null
}

async function serve(role: Role): Promise<void> {
  const config = loadConfig(process.env, { role })
  const log = createLog(config.logLevel)
  const begun = startChartroom(config, log)
  starting = begun
  const chartroom = await begun
  const where = chartroom.url === null ? 'Chartroom runs jobs; it has no port' : `Chartroom is at ${chartroom.url}/`
  log.info({ version: VERSION, role, dataDir: config.dataDir }, where)
}

async function demo(check: boolean): Promise<void> {
  const environment = { ...process.env }
  // The demo shows a bar; the server's own lines would tear it apart. They are a variable away.
  environment['LOG_LEVEL'] ||= 'error'
  // Loaded here only: the server has no use for the writer of an invented coast.
  const { chooseDemoSource } = await import('#cli/demo-source.ts')
  const { dataDir } = loadConfig(environment)
  process.stdout.write(`Chartroom ${VERSION}, data in ${dataDir}\n`)
  await prepareDataDir(dataDir)
  const source = await chooseDemoSource(environment, dataDir, process.stdout)
  const config = loadConfig({ ...environment, ...source.environment })
  process.stdout.write('Starting the server and its database ...\n')
  const begun = startChartroom(config, createLog(config.logLevel))
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

/** A cluster on this machine. Its data has a folder of its own: a server that may run beside it is not touched. */
async function clusterDemo(keep: boolean): Promise<void> {
  const environment = { ...process.env }
  environment['LOG_LEVEL'] ||= 'error'
  const out = process.stdout
  const [{ chooseDemoSource }, { startCluster }] = await Promise.all([
    import('#cli/demo-source.ts'),
    import('#cli/cluster-demo.ts'),
  ])
  const config = loadConfig(environment)
  if (config.port === null) throw new Error('the cluster demo needs a port')
  const { port } = config
  const dataDir = path.join(config.dataDir, 'cluster')
  out.write(`Chartroom ${VERSION}, a cluster with its data in ${dataDir}\n`)
  await prepareDataDir(dataDir)
  const source = await chooseDemoSource(environment, dataDir, out)
  const begun = (async () => {
    out.write('Starting one PostgreSQL, one API server and three workers ...\n')
    const postgres = await startOwnPostgres(config, dataDir, createLog(config.logLevel))
    try {
      const cluster = await startCluster({
        databaseUrl: postgres.url,
        environment: { ...environment, ...source.environment, DATA_DIR: dataDir },
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
  out.write('\nEverything is stopped.\n')
  process.exit(job.jobState === 'completed' ? 0 : 1)
}

/** Closes what was started, also when it is still starting; a start that fails has closed itself. */
async function closeStarted(): Promise<void> {
  const chartroom = await starting?.catch(() => null)
  await chartroom?.close()
}

/** A later signal while stopping is impatience: leave at once, the next start recovers. */
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
