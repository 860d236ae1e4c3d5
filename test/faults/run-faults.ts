import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { messageOf } from '#lib/errors.ts'
import type { FaultCase, FaultOutcome } from './fault-case.ts'

export interface FaultOptions {
  seed: number
  requests: number
}

/** Runs cases one after the other and reports for each, in one line, whether it held. @returns the names of those that did not. */
export async function runFaults(
  cases: readonly FaultCase[],
  options: FaultOptions,
  say: (line: string) => void,
): Promise<string[]> {
  const brokenCases: string[] = []
  for (const each of cases) {
    const started = performance.now()
    const outcome = await runCase(each, options)
    const seconds = ((performance.now() - started) / 1000).toFixed(1)
    if ('skipped' in outcome) {
      say(`skipped  ${each.name} (${seconds} s): ${outcome.skipped}`)
      continue
    }
    const isBroken = outcome.broken.length > 0
    if (isBroken) brokenCases.push(each.name)
    const details = [...outcome.broken, outcome.seen].filter((text) => text !== '').join(' | ')
    say(`${isBroken ? 'BROKEN ' : 'held   '}  ${each.name} (${seconds} s): ${each.title}: ${details}`)
  }
  return brokenCases
}

/** Runs one case in its own folder. An error that it throws counts as broken. */
export async function runCase(faultCase: FaultCase, options: FaultOptions): Promise<FaultOutcome> {
  const folder = await mkdtemp(path.join(tmpdir(), 'chartroom-faults-'))
  // PostgreSQL runs under another account when root starts it.
  await chmod(folder, 0o755)
  try {
    return await faultCase.run({ ...options, folder })
  } catch (error) {
    return { broken: [`the case was cut short: ${messageOf(error)}`], seen: '' }
  } finally {
    await endPostgres(path.join(folder, 'data/postgres/data/postmaster.pid'))
    await rm(folder, { recursive: true, force: true })
  }
}

/** Ends the PostgreSQL that a killed server has left behind. */
async function endPostgres(file: string): Promise<void> {
  const read = async () => Number.parseInt(await readFile(file, 'utf8').catch(() => ''), 10)
  const pid = await read()
  if (!(pid > 0)) return
  process.kill(pid, 'SIGINT')
  for (let i = 0; i < 300 && (await read()) === pid; i++) await sleep(100)
}
