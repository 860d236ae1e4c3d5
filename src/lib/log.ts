import { type Logger, pino } from 'pino'
import { activeTrace } from './trace.ts'

export type Log = Logger

/**
 * The structured logger of the process: one JSON line per event on standard output. It redacts fields that may hold a secret, so that
 * callers need not.
 */
export function createLog(level: string): Log {
  return pino({
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    // Links each line to its trace.
    mixin: () => activeTrace() ?? {},
    redact: {
      paths: ['password', 'token', 'authorization', '*.password', '*.token', '*.authorization', 'req.headers.authorization'],
      censor: '[redacted]',
    },
  })
}

/** A logger without output, for tests and tools. */
export function silentLog(): Log {
  return pino({ level: 'silent' })
}
