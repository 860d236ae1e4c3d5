import { type Logger, pino } from 'pino'
import { activeTrace } from './trace.ts'

export type Log = Logger

/**
 * The process's structured logger: one JSON line an event on standard output. Names that can hold a secret are blanked here,
 * so that no caller has to remember.
 */
export function createLog(level: string): Log {
  return pino({
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    // A line and the trace it was written in find each other.
    mixin: () => activeTrace() ?? {},
    redact: {
      paths: ['password', 'token', 'authorization', '*.password', '*.token', '*.authorization', 'req.headers.authorization'],
      censor: '[redacted]',
    },
  })
}

/** A logger that says nothing, for tests and tools. */
export function silentLog(): Log {
  return pino({ level: 'silent' })
}
