import { spawn } from 'node:child_process'

/** An unprivileged account of this machine, by its numbers. */
export interface Account {
  uid: number
  gid: number
}

export interface ProgramResult {
  /** Exit code; null when the program could not be started or a signal ended it. */
  code: number | null
  stdout: string
  stderr: string
}

export interface ProgramOptions {
  /** Run as this account; null for the account of this process. Changing it needs root. */
  account: Account | null
  cwd?: string
  env?: Record<string, string>
}

const MOST_OUTPUT = 64 * 1024

/**
 * Runs a program to its end and collects what it prints. It gets a bare environment in the C locale: PostgreSQL's tools obey
 * PG* and LC_* variables, and those of the operator's shell must not change what our server is.
 *
 * A program that cannot be started at all is reported like one that failed, with the reason in `stderr`.
 */
export function runProgram(file: string, args: readonly string[], options: ProgramOptions): Promise<ProgramResult> {
  return new Promise((resolve) => {
    const child = spawn(file, args, {
      // The current folder may be one that the account cannot enter.
      cwd: options.cwd ?? '/',
      env: { PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin', LC_ALL: 'C', ...options.env },
      stdio: ['ignore', 'pipe', 'pipe'],
      ...(options.account ?? {}),
    })
    let stdout = ''
    let stderr = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout = (stdout + text).slice(-MOST_OUTPUT)
    })
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr = (stderr + text).slice(-MOST_OUTPUT)
    })
    child.on('error', (error) => resolve({ code: null, stdout, stderr: error.message }))
    child.on('close', (code) => resolve({ code, stdout, stderr: stderr.trim() }))
  })
}
