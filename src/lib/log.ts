import { type DestinationStream, type Logger, pino } from 'pino'
import type { RecentLines } from './recent-lines.ts'
import { redactJsonLine } from './redact.ts'
import { activeTrace } from './trace.ts'

export type Log = Logger

/**
 * The process's structured logger: one line of JSON per event. It hides fields whose name says that they are secret, and secrets
 * within texts (messages, errors, stacks, addresses), so that no caller has to remember.
 *
 * @param destination default: standard output.
 * @param recent keeps the last lines, as they are written.
 */
export function createLog(level: string, destination?: DestinationStream, recent?: RecentLines): Log {
  const options = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
    hooks: {
      streamWrite(line: string): string {
        const shown = redactJsonLine(line)
        recent?.add(shown)
        return shown
      },
    },
    // Connects a line with the trace it was written in.
    mixin: () => activeTrace() ?? {},
    redact: {
      paths: ['password', 'token', 'authorization', '*.password', '*.token', '*.authorization', 'req.headers.authorization'],
      censor: '[redacted]',
    },
  }
  return destination === undefined ? pino(options) : pino(options, destination)
}

/** A logger without output, for tests and tools. */
export function silentLog(): Log {
  return pino({ level: 'silent' })
}
