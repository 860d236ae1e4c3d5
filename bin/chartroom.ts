import { setFlagsFromString } from 'node:v8'
import { CliError, EXIT } from '#cli/frame/exit-codes.ts'
import { runCli } from '#cli/run-cli.ts'
import { ConfigError } from '#config/config-error.ts'
import { descriptorAdvice } from '#lib/descriptor-limit.ts'
import { messageOf } from '#lib/errors.ts'
import { watchParents } from '#lib/watch-parents.ts'

// The size for young objects that scripts/run.mjs sets is for this thread. Worker threads would take it from the flag despite their limits.
setFlagsFromString('--max-semi-space-size=0')

/** What the command has started and a signal must close; null for commands that only talk to a server. */
let starting: Promise<{ close(): Promise<void> }> | null = null
/** Whether a signal cuts off what the command does, such as a backup; a server that it ends has done its work. */
let cutsOff = true
const stopping = new AbortController()
/** The first signal: its time in milliseconds of `performance.now()`, and the exit code that names it. */
let stopped: { since: number; code: number } | null = null
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
// A reader that has seen enough, such as `head`, ends the command.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE' && starting === null) process.exit(EXIT.done)
})

try {
  await runCli(process.argv.slice(2), {
    env: process.env,
    input: process.stdin,
    out: process.stdout,
    err: process.stderr,
    signal: stopping.signal,
    isPortalStale,
    hold(held, { hasEnd = false } = {}) {
      starting = held
      cutsOff = hasEnd
    },
    exit(code) {
      process.exitCode = code
    },
  })
} catch (error) {
  // A command that a signal ended has nothing to add.
  const code = stopCode()
  if (code === null || starting !== null) report(error)
  await closeStarted()
  if (code !== null && cutsOff) process.exit(code)
  process.exit(error instanceof CliError ? error.exitCode : EXIT.failed)
}

/** The exit code of a command that a signal cuts off; null without a signal. */
function stopCode(): number | null {
  return stopped?.code ?? null
}

/** The operator gets the reason without a stack trace. */
function report(error: unknown): void {
  const isServer = starting !== null || error instanceof ConfigError
  const reason =
    error instanceof CliError ? messageOf(error) : `${isServer ? 'Chartroom did not start: ' : ''}${messageOf(error)}`
  const advice = descriptorAdvice(error)
  process.stderr.write(`${isServer ? '\n' : ''}${reason}\n${advice === null ? '' : `${advice}\n`}`)
  const isExpected = error instanceof ConfigError || error instanceof CliError
  if (!isExpected && process.env['LOG_LEVEL'] === 'debug') console.error(error)
}

/** Closes the server, even while it is starting; a failed start has closed itself. */
async function closeStarted(): Promise<void> {
  const started = await starting?.catch(() => null)
  await started?.close()
}

/** A later signal during the stop ends the process at once; the next start recovers. */
function stop(signal: 'SIGINT' | 'SIGTERM'): void {
  const code = signal === 'SIGINT' ? EXIT.interrupted : 143
  if (stopped !== null) {
    if (performance.now() - stopped.since > ECHO) process.exit(code)
    return
  }
  stopped = { since: performance.now(), code }
  stopping.abort(new CliError(EXIT.interrupted, 'Interrupted.'))
  void (async () => {
    try {
      await closeStarted()
      // A command that was cut off tidies up when its signal aborts, and says why it ends.
      if (cutsOff) setTimeout(() => process.exit(code), 100)
      else process.exit(0)
    } catch (error) {
      process.stderr.write(`Chartroom did not stop cleanly: ${messageOf(error)}\n`)
      process.exit(1)
    }
  })()
}
