import { Option } from 'commander'
import { ROLES, type Role } from '#config/config.ts'
import type { AddCommand } from '../frame/command-context.ts'

/** `chartroom serve`: runs the server, or one part of it, until a signal stops it. */
export const addServe: AddCommand = (program, context) => {
  program
    .command('serve')
    .description('run the server (also without any command, and npm start)')
    .addOption(
      new Option('--role <role>', 'the part to run when several processes share the PostgreSQL of DATABASE_URL')
        .choices(ROLES)
        .default('all'),
    )
    .addHelpText(
      'after',
      `
api serves requests, worker runs jobs, all does both.

Examples:
  chartroom serve
  PORT=8080 DATA_DIR=/srv/charts chartroom serve
  DATABASE_URL=postgresql://... chartroom serve --role worker`,
    )
    .action(async ({ role }: { role: Role }) => {
      const [{ loadConfig }, { createLog }, { createRecentLines }, { startChartroom }, { VERSION }] = await Promise.all([
        import('#config/load-config.ts'),
        import('#lib/log.ts'),
        import('#lib/recent-lines.ts'),
        import('#main'),
        import('#lib/version.ts'),
      ])
      const config = loadConfig(context.env, { role })
      const recentLog = createRecentLines()
      const log = createLog(config.logLevel, undefined, recentLog)
      const starting = startChartroom(config, log, { isPortalStale: context.isPortalStale, recentLog })
      context.hold(starting)
      const chartroom = await starting
      const where = chartroom.url === null ? 'Chartroom runs jobs; it has no port' : `Chartroom is at ${chartroom.url}/`
      log.info({ version: VERSION, role, dataDir: config.dataDir }, where)
    })
}
