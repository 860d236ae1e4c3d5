/** The exit codes of every command; docs/operations.md lists them for scripts. */
export const EXIT = {
  done: 0,
  /** The work was tried and failed: a job that did not complete, a request that the server cannot carry out. */
  failed: 1,
  /** Unknown commands, options or values; settings that are missing. */
  usage: 2,
  /** The server does not answer, or says that it is not ready. */
  unreachable: 3,
  /** The token is missing, not valid, or not allowed to do this. */
  refused: 4,
  notFound: 5,
  /** Ended by Ctrl-C, as shells count it: 128 and the number of the signal. */
  interrupted: 130,
} as const

export type ExitCode = (typeof EXIT)[keyof typeof EXIT]

/** A message for the operator that ends the command with a code of `EXIT`. */
export class CliError extends Error {
  override readonly name = 'CliError'
  readonly exitCode: ExitCode

  constructor(exitCode: ExitCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.exitCode = exitCode
  }
}
