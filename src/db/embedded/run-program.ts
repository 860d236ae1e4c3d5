import { spawn } from 'node:child_process'
import type { Readable } from 'node:stream'

/** An unprivileged account of this machine, by its ids. */
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
 * Runs a program to its end and collects its output. It gets a minimal environment in the C locale, because PG* and LC_* variables of
 * the operator's shell would change PostgreSQL's tools.
 *
 * Reports a program that cannot be started like one that failed, with the reason in `stderr`.
 */
export function runProgram(file: string, args: readonly string[], options: ProgramOptions): Promise<ProgramResult> {
  return new Promise((resolve) => {
    const child = spawn(file, args, {
      // The account may be unable to enter the current folder.
      cwd: options.cwd ?? '/',
      env: { PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin', LC_ALL: 'C', ...options.env },
      stdio: ['ignore', 'pipe', 'pipe'],
      ...(options.account ?? {}),
    })
    let stdout = ''
    let stderr = ''
    child.on('error', (error) => resolve({ code: null, stdout, stderr: error.message }))
    // Without file descriptors for its pipes a child has none, against its type.
    if ((child.stdout as Readable | undefined) === undefined) return
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout = (stdout + text).slice(-MOST_OUTPUT)
    })
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr = (stderr + text).slice(-MOST_OUTPUT)
    })
    child.on('close', (code) => resolve({ code, stdout, stderr: stderr.trim() }))
  })
}
