import type { Command } from 'commander'

/** The options of every command that talks to a server. */
export interface ClientOptions {
  url?: string
  json?: boolean
}

/** Adds a command that talks to a server, with its common options. @param use its name and arguments, such as `show <name>`. */
export function clientCommand(parent: Command, use: string, description: string): Command {
  return parent
    .command(use)
    .description(description)
    .option('--url <address>', 'address of the server (default: CHARTROOM_URL, or that of the last login)')
    .option('--json', 'print JSON for scripts')
}
