import { createInterface } from 'node:readline/promises'
import { Writable } from 'node:stream'
import type { CommandContext } from './command-context.ts'
import { CliError, EXIT } from './exit-codes.ts'

type Terminal = Pick<CommandContext, 'input' | 'err' | 'signal'>

/** Asks on the terminal. @throws CliError where there is none. */
export async function askFor({ input, err, signal }: Terminal, question: string): Promise<string> {
  requireTerminal(input, question)
  const reader = createInterface({ input, output: err, terminal: true })
  try {
    return (await reader.question(question, { signal })).trim()
  } finally {
    reader.close()
  }
}

/** Asks for a secret, which the terminal does not show. @throws CliError where there is no terminal. */
export async function askHidden({ input, err, signal }: Terminal, question: string): Promise<string> {
  requireTerminal(input, question)
  err.write(question)
  // readline echoes what is typed to its output.
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() })
  const reader = createInterface({ input, output: nowhere, terminal: true })
  try {
    return await reader.question('', { signal })
  } finally {
    reader.close()
    err.write('\n')
  }
}

/** The first line of standard input. @throws CliError when it is empty. */
export async function readLine({ input, signal }: Pick<CommandContext, 'input' | 'signal'>): Promise<string> {
  const reader = createInterface({ input, terminal: false, signal })
  try {
    for await (const line of reader) if (line !== '') return line
  } finally {
    reader.close()
  }
  throw new CliError(EXIT.usage, 'Standard input is empty.')
}

function requireTerminal(input: NodeJS.ReadStream, question: string): void {
  if (input.isTTY) return
  const what = question.replace(/: $/, '').toLowerCase()
  throw new CliError(EXIT.usage, `There is no terminal to ask for the ${what} on: use -u and --password-stdin, or --token-stdin.`)
}
