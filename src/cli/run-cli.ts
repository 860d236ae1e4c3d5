import { Command, CommanderError, Help } from 'commander'
import { VERSION } from '#lib/version.ts'
import { COMMANDS } from './commands.ts'
import type { CommandContext } from './frame/command-context.ts'
import { EXIT } from './frame/exit-codes.ts'
import { columnsOf } from './output/words.ts'
import { wrapText } from './output/wrap-text.ts'

const EPILOGUE = `
Exit codes: 0 done, 1 failed, 2 wrong usage, 3 server not reachable, 4 refused,
5 not found. Settings of the server are environment variables, which
docs/operations.md lists.`

/** Wider lines of help are hard to read. */
const WIDEST_HELP = 100
/** The least width for the explanation of a command or option; with less, Commander would not wrap it. */
const NARROWEST_WORDS = 20

/**
 * Runs the command line.
 *
 * @param given the arguments after the name of the program; none means `serve`.
 * @throws what the command throws; wrong usage and requests for help only set the exit code.
 */
export async function runCli(given: readonly string[], context: CommandContext): Promise<void> {
  const program = createProgram(context)
  try {
    await program.parseAsync(given.length === 0 ? ['serve'] : [...given], { from: 'user' })
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error
    // Commander has printed the help, the version or the complaint.
    context.exit(error.exitCode === 0 ? EXIT.done : EXIT.usage)
  }
}

/** The program with every command of the table; completion reads the same one. */
export function createProgram(context: CommandContext): Command {
  const program = new Command('chartroom')
  program
    .description(`Chartroom ${VERSION}, a nautical chart server and the commands that operate it`)
    .usage('[command] [options]')
    .version(VERSION, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'show help for a command')
    .helpCommand('help [command]', 'show help for a command')
    .addHelpText('after', EPILOGUE)
    .showSuggestionAfterError()
  for (const add of COMMANDS) add(program, context)
  for (const command of [program, ...descendantsOf(program)]) configure(command, context)
  return program
}

/** Inherited settings reach only commands that are created by their parent, so each gets them here. */
function configure(command: Command, context: CommandContext): void {
  command.exitOverride()
  command.helpOption('-h, --help', 'show this help')
  const helpWidth = Math.min(columnsOf(context.out), WIDEST_HELP)
  command.configureHelp({ sortSubcommands: false, helpWidth, minWidthToWrap: NARROWEST_WORDS })
  command.configureOutput({
    writeOut: (text) => void context.out.write(wrapSentences(text, helpWidth)),
    writeErr: (text) => void context.err.write(text),
    // An unknown command or option is answered with the list of valid ones.
    outputError: (text, write) => write(`${text}\n${new Help().formatHelp(command, command.createHelp())}`),
  })
}

/** Commander wraps its own lists; this wraps the sentences that follow them. Indented lines, such as examples, stay whole. */
function wrapSentences(text: string, width: number): string {
  return text
    .split('\n')
    .flatMap((line) => (line.length <= width || line.startsWith(' ') ? [line] : wrapText(line, width)))
    .join('\n')
}

function descendantsOf(command: Command): Command[] {
  return command.commands.flatMap((child) => [child, ...descendantsOf(child as Command)]) as Command[]
}
