import { Argument, type Command } from 'commander'
import type { AddCommand } from '../frame/command-context.ts'
import { bashCompletion, type CommandWords, zshCompletion } from '../output/completion-script.ts'

/** `chartroom completion bash|zsh`: prints a script that lets the shell complete commands and options. */
export const addCompletion: AddCommand = (program, context) => {
  program
    .command('completion')
    .description('print a script that completes commands and options in a shell')
    .addArgument(new Argument('<shell>').choices(['bash', 'zsh']))
    .addHelpText(
      'after',
      `
Examples:
  source <(chartroom completion bash)       in ~/.bashrc
  source <(chartroom completion zsh)        in ~/.zshrc, after compinit`,
    )
    .action((shell: string) => {
      const words = wordsOf(program, [])
      context.out.write(shell === 'bash' ? bashCompletion(words) : zshCompletion(words))
    })
}

/** What may follow each command, from the same tree that reads the arguments. */
function wordsOf(command: Command, names: readonly string[]): CommandWords[] {
  const children = command.commands as Command[]
  const own: CommandWords = {
    names,
    words: [
      ...children.map((child) => ({ word: child.name(), help: child.description() })),
      ...command.registeredArguments.flatMap(({ argChoices }) => (argChoices ?? []).map((word) => ({ word, help: '' }))),
      ...command.options.flatMap(({ long, description }) => (long == null ? [] : [{ word: long, help: description }])),
      { word: '--help', help: 'show help' },
    ],
    choices: Object.fromEntries(
      command.options.flatMap(({ long, argChoices }) => (long == null || argChoices === undefined ? [] : [[long, argChoices]])),
    ),
    takesFiles: command.registeredArguments.some((argument) => argument.name() === 'file'),
  }
  return [own, ...children.flatMap((child) => wordsOf(child, [...names, child.name()]))]
}
