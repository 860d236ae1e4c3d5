import type { Finding } from '#compose/doctor/finding.ts'
import { ConfigError } from '#config/config-error.ts'
import type { AddCommand, CommandContext } from '../frame/command-context.ts'
import { EXIT } from '../frame/exit-codes.ts'
import { oneLine } from '../output/table.ts'
import { paint, paintState, widthOf, writeJson } from '../output/words.ts'
import { wrapText } from '../output/wrap-text.ts'

/** Width of the column with the state. */
const STATE_COLUMNS = 8

/** `chartroom doctor`: examines this machine's Chartroom, whether it runs or not. */
export const addDoctor: AddCommand = (program, context) => {
  program
    .command('doctor')
    .description('examine data directory, database, storage, charts and settings, and say what to do')
    .option('--no-start', 'do not start the embedded PostgreSQL when it is stopped; skips what needs it')
    .option('--json', 'print JSON for scripts')
    .addHelpText(
      'after',
      `
Run it with the same environment and account as the server, while that runs or
while it is stopped. The exit code is 1 if anything has failed; warnings do not
count.`,
    )
    .action(async ({ json, start }: { json?: boolean; start: boolean }) => {
      const findings = await examineAll(context, start)
      if (json === true) writeJson(context.out, { findings })
      else print(context.out, findings)
      context.exit(findings.some(({ state }) => state === 'failed') ? EXIT.failed : EXIT.done)
    })
}

async function examineAll({ env }: CommandContext, mayStart: boolean): Promise<Finding[]> {
  const [{ loadConfig }, { refuseUnknownSources }, { createLog }, { diagnose }] = await Promise.all([
    import('#config/load-config.ts'),
    import('#compose/refuse-unknown-sources.ts'),
    import('#lib/log.ts'),
    import('#compose/doctor/diagnose.ts'),
  ])
  try {
    const config = loadConfig(env)
    refuseUnknownSources(config)
    const settings: Finding = {
      name: 'settings',
      state: 'ok',
      message: 'Every variable has a value that can be used.',
      action: null,
    }
    return [settings, ...(await diagnose(config, { log: createLog('silent'), mayStart }))]
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    const action = 'Correct these variables; docs/operations.md lists what each takes. Then run the doctor again.'
    return error.problems.map((message) => ({ name: 'settings', state: 'failed', message, action }))
  }
}

const MARKS = { ok: 'ok', warning: 'warning', failed: 'failed', skipped: 'skipped' } as const

function print(out: NodeJS.WriteStream, findings: readonly Finding[]): void {
  const longest = Math.max(...findings.map(({ name }) => name.length))
  const indent = STATE_COLUMNS + longest + 2
  const width = Math.max(50, Math.min(widthOf(out) ?? 100, 110)) - indent
  const rest = ' '.repeat(indent)
  for (const { name, state, message, action } of findings) {
    const head = `${paintState(out, state, MARKS[state].padEnd(STATE_COLUMNS))} ${name.padEnd(longest)} `
    out.write(`${head}${wrapText(oneLine(message), width).join(`\n${rest}`)}\n`)
    if (action !== null) out.write(`${rest}${wrapText(`→ ${oneLine(action)}`, width).join(`\n${rest}  `)}\n`)
  }
  const count = (state: Finding['state']) => findings.filter((finding) => finding.state === state).length
  const [failures, warnings] = [count('failed'), count('warning')]
  const summary = `${failures} failed, ${warnings} with a warning, ${count('ok')} in order`
  out.write(`\n${failures + warnings === 0 ? paint(out, 'green', 'Everything is in order.') : summary}\n`)
}
