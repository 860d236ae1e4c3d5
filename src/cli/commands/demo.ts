import type { AddCommand, CommandContext } from '../frame/command-context.ts'
import { EXIT } from '../frame/exit-codes.ts'

/** `chartroom demo`: runs the server and refreshes the charts once, with a progress bar. */
export const addDemo: AddCommand = (program, context) => {
  program
    .command('demo')
    .description('run the server, refresh the charts once with a progress bar, keep serving (npm run demo)')
    .option('--check', 'stop after the refresh; the exit code is 0 if it succeeded')
    .action(async ({ check = false }: { check?: boolean }) => await demo(context, check))
}

async function demo(context: CommandContext, check: boolean): Promise<void> {
  const { env, out, isPortalStale } = context
  // The server alone needs none of these, nor the writer of an invented coast.
  const [
    { runDemo },
    { chooseDemoSource },
    { loadConfig },
    { prepareDataDir },
    { createLog },
    { createRecentLines },
    { VERSION },
    { startChartroom },
  ] = await Promise.all([
    import('../demo/run-demo.ts'),
    import('../demo/demo-source.ts'),
    import('#config/load-config.ts'),
    import('#config/prepare-data-dir.ts'),
    import('#lib/log.ts'),
    import('#lib/recent-lines.ts'),
    import('#lib/version.ts'),
    import('#main'),
  ])
  // Log lines would break the progress bar; LOG_LEVEL brings them back.
  const environment = { ...env, LOG_LEVEL: env['LOG_LEVEL'] || 'error' }
  const { dataDir } = loadConfig(environment)
  out.write(`Chartroom ${VERSION}, data in ${dataDir}\n`)
  await prepareDataDir(dataDir)
  const source = await chooseDemoSource(environment, dataDir, out)
  const config = loadConfig({ ...environment, ...source.environment })
  out.write('Starting the server and its database ...\n')
  const recentLog = createRecentLines()
  const starting = startChartroom(config, createLog(config.logLevel, undefined, recentLog), { isPortalStale, recentLog })
  context.hold(starting, { hasEnd: check })
  const chartroom = await starting
  const job = await runDemo({
    baseUrl: chartroom.url ?? '',
    ...config.initialAdmin,
    source: source.words,
    invented: source.invented,
    out,
    keepsServing: !check,
  })
  if (!check) return
  await chartroom.close()
  context.exit(job.jobState === 'completed' ? EXIT.done : EXIT.failed)
}
