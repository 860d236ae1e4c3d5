import { readdir, readFile, stat } from 'node:fs/promises'
import path from 'node:path'
import { type Clock, systemClock } from '#lib/clock.ts'
import { codeOf } from '#lib/errors.ts'

// PostgreSQL's messages about a failed start: in start.log until its log collector runs, then in the file of the day.

/** Length of each log before a start; older content is unrelated to it. */
export type LogLengths = ReadonlyMap<string, number>

/** How long the log collector, which outlives its server, may take to write the last lines, in milliseconds. */
const PATIENCE = 10_000
const PAUSE = 20

export async function logLengths(logs: string): Promise<LogLengths> {
  const names = await namesOf(logs)
  return new Map(await Promise.all(names.map(async (name) => [name, (await stat(path.join(logs, name))).size] as const)))
}

/**
 * Returns the last lines of a server that failed to start. Waits for the line with the reason, because on a busy machine the log
 * collector, a separate process, writes it late. Without that line, remains of a killed server looked like a permanent failure.
 */
export async function lastWords(logs: string, before: LogLengths, clock: Clock = systemClock): Promise<string> {
  for (const started = clock.monotonic(); ; await clock.sleep(PAUSE)) {
    const start = await readFile(path.join(logs, 'start.log'), 'utf8').catch(() => '')
    const collected = start.includes('redirecting log output')
    const text = collected ? await writtenSince(logs, before) : start
    const complete = !collected || /\b(FATAL|PANIC):/.test(text)
    if (complete || clock.monotonic() - started > PATIENCE) return (text || start).trimEnd().split('\n').slice(-12).join('\n')
  }
}

async function writtenSince(logs: string, before: LogLengths): Promise<string> {
  const texts = (await namesOf(logs)).map(async (name) => {
    const bytes = await readFile(path.join(logs, name))
    const known = before.get(name) ?? 0
    // A shorter file was restarted a week later.
    return bytes.subarray(bytes.length < known ? 0 : known).toString()
  })
  return (await Promise.all(texts)).join('')
}

async function namesOf(logs: string): Promise<string[]> {
  const names = await readdir(logs).catch((error: unknown) => {
    if (codeOf(error) === 'ENOENT') return []
    throw error
  })
  return names.filter((name) => /^postgres-\d\.log$/.test(name)).toSorted()
}
