import path from 'node:path'
import type { AddCommand, CommandContext } from '../frame/command-context.ts'
import { CliError, EXIT } from '../frame/exit-codes.ts'

/** `chartroom cluster-demo`: a cluster on this machine, with its data in a folder of its own so that another server is not affected. */
export const addClusterDemo: AddCommand = (program, context) => {
  program
    .command('cluster-demo')
    .description('run one API server and three workers on one PostgreSQL, refresh the charts, show each share, stop')
    .option('--keep', 'keep serving after the refresh')
    .option('--s3', 'give each process a data directory of its own, and share the bucket of S3_BUCKET')
    .action(async (options: ClusterDemoOptions) => await clusterDemo(context, options))
}

interface ClusterDemoOptions {
  keep?: boolean
  s3?: boolean
}

async function clusterDemo(context: CommandContext, { keep = false, s3 = false }: ClusterDemoOptions): Promise<void> {
  const { env, out } = context
  const [{ chooseDemoSource }, { startCluster }, { startOwnPostgres }, { loadConfig }, { prepareDataDir }, lib] =
    await Promise.all([
      import('../demo/demo-source.ts'),
      import('../demo/cluster-demo.ts'),
      import('#compose/database.ts'),
      import('#config/load-config.ts'),
      import('#config/prepare-data-dir.ts'),
      Promise.all([import('#lib/log.ts'), import('#lib/version.ts')]),
    ])
  const [{ createLog }, { VERSION }] = lib
  const environment = { ...env, LOG_LEVEL: env['LOG_LEVEL'] || 'error' }
  const config = loadConfig(environment)
  if (config.port === null) throw new Error('the cluster demo needs a port')
  if (s3 && config.s3 === null) {
    throw new CliError(
      EXIT.usage,
      'The cluster demo with --s3 needs a bucket: set S3_BUCKET, S3_ENDPOINT, S3_ACCESS_KEY_ID and S3_SECRET_ACCESS_KEY.',
    )
  }
  const { port } = config
  const dataDir = path.join(config.dataDir, 'cluster')
  out.write(`Chartroom ${VERSION}, a cluster with data in ${dataDir}\n`)
  await prepareDataDir(dataDir)
  const source = await chooseDemoSource(environment, dataDir, out)
  const starting = (async () => {
    out.write('Starting one PostgreSQL, one API server and three workers ...\n')
    const postgres = await startOwnPostgres(config, dataDir, createLog(config.logLevel))
    try {
      const cluster = await startCluster({
        databaseUrl: postgres.url,
        environment: { ...environment, ...source.environment },
        dataDirOf: (name) => (s3 ? path.join(dataDir, name) : dataDir),
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
  context.hold(starting, { hasEnd: !keep })
  const cluster = await starting
  const job = await cluster.refresh()
  if (keep) return void out.write(`\nThe cluster keeps serving at ${cluster.url}/; stop it with Ctrl-C.\n`)
  await cluster.close()
  out.write('\nStopped.\n')
  context.exit(job.jobState === 'completed' ? EXIT.done : EXIT.failed)
}
