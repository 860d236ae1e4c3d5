import type { Command } from 'commander'
import type { Environment } from '#config/settings-reader.ts'

/** What a command may use of the process that runs it. */
export interface CommandContext {
  env: Environment
  input: NodeJS.ReadStream
  out: NodeJS.WriteStream
  err: NodeJS.WriteStream
  /** Aborts at the first SIGINT or SIGTERM. */
  signal: AbortSignal
  /** Whether the portal must be built from its sources before it can be served. */
  isPortalStale: boolean
  /**
   * Names what a signal, and the end of a failed command, must close; also while it is starting.
   *
   * @param options `hasEnd`: the work ends by itself, so a signal cuts it off, which the exit code tells. A server serves until a signal.
   */
  hold(starting: Promise<{ close(): Promise<void> }>, options?: { hasEnd?: boolean }): void
  /** Sets the exit code of the process, which ends when nothing is left to do. */
  exit(code: number): void
}

/** Adds one command, with its options and its help, to the program. Each file of `commands/` exports one. */
export type AddCommand = (program: Command, context: CommandContext) => void
