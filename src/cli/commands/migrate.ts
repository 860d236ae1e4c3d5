import type { AddCommand } from '../frame/command-context.ts'
import { writeJson } from '../output/words.ts'

/** `chartroom migrate`: updates the schema of the database and ends. */
export const addMigrate: AddCommand = (program, context) => {
  program
    .command('migrate')
    .description('bring the schema of the database up to date, and end; "serve" does so too')
    .option('--json', 'print JSON for scripts')
    .addHelpText(
      'after',
      '\nWith the embedded PostgreSQL, stop the server first. An older schema is never restored:\nmake a backup before an upgrade.',
    )
    .action(async ({ json }: { json?: boolean }) => {
      const [{ loadConfig }, { createLog }, { migrateDatabase }] = await Promise.all([
        import('#config/load-config.ts'),
        import('#lib/log.ts'),
        import('#compose/migrate-database.ts'),
      ])
      const config = loadConfig({ ...context.env, LOG_LEVEL: context.env['LOG_LEVEL'] || 'error' })
      const closing = new AsyncDisposableStack()
      const migrating = migrateDatabase(config, createLog(config.logLevel), closing)
      context.hold(
        migrating.then(
          () => ({ close: () => closing.disposeAsync() }),
          () => ({ close: () => closing.disposeAsync() }),
        ),
        { hasEnd: true },
      )
      const applied = await migrating
      await closing.disposeAsync()
      if (json === true) return writeJson(context.out, { applied })
      if (applied.length === 0) context.out.write('The schema is up to date.\n')
      for (const name of applied) context.out.write(`Applied ${name}\n`)
    })
}
