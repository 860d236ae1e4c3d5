/** What may follow a command. */
export interface CommandWords {
  /** From the program down: `['jobs', 'list']`; empty for the program itself. */
  names: readonly string[]
  words: readonly { word: string; help: string }[]
  /** Values of options that take one of a list. */
  choices: Readonly<Record<string, readonly string[]>>
  takesFiles: boolean
}

/** A script for bash 3.2 and later: what it completes depends on the words before the cursor that name commands. */
export function bashCompletion(commands: readonly CommandWords[]): string {
  const cases = commands.map(({ names, words, takesFiles }) => {
    const list = words.map(({ word }) => word).join(' ')
    const files = takesFiles ? ' files=1' : ''
    return `    '${names.join(' ')}') words='${list}'${files} ;;`
  })
  return `# Completion of chartroom for bash: source <(chartroom completion bash)
_chartroom() {
  local word=\${COMP_WORDS[COMP_CWORD]} previous=\${COMP_WORDS[COMP_CWORD-1]} path='' words='' files='' i
  for ((i = 1; i < COMP_CWORD; i++)); do
    case "\${path:+$path }\${COMP_WORDS[i]}" in
      ${pathPattern(commands)}) path="\${path:+$path }\${COMP_WORDS[i]}" ;;
    esac
  done
  case "$path" in
${cases.join('\n')}
  esac
  case "$path $previous" in
${choiceCases(commands, (values) => `words='${values.join(' ')}' files=''`)}
  esac
  COMPREPLY=($(compgen -W "$words" -- "$word"))
  if [[ -n $files && $word != -* ]]; then COMPREPLY=($(compgen -f -- "$word")); fi
}
complete -o filenames -F _chartroom chartroom
`
}

/** A script for zsh, which shows what each word does. */
export function zshCompletion(commands: readonly CommandWords[]): string {
  const cases = commands.map(({ names, words, takesFiles }) => {
    const list = words.map(({ word, help }) => `'${word}:${help.replaceAll("'", '’').replaceAll(':', ' -')}'`).join(' ')
    return `    '${names.join(' ')}') list=(${list})${takesFiles ? ' files=1' : ''} ;;`
  })
  return `#compdef chartroom
# Completion of chartroom for zsh: source <(chartroom completion zsh)
_chartroom() {
  local trail='' files='' i previous=\${words[CURRENT-1]}
  local -a list
  for ((i = 2; i < CURRENT; i++)); do
    case "\${trail:+$trail }\${words[i]}" in
      ${pathPattern(commands)}) trail="\${trail:+$trail }\${words[i]}" ;;
    esac
  done
  case "$trail" in
${cases.join('\n')}
  esac
  case "$trail $previous" in
${choiceCases(commands, (values) => `list=(${values.map((value) => `'${value}'`).join(' ')}) files=''`)}
  esac
  if [[ -n $files && $PREFIX != -* ]]; then _files; else _describe 'chartroom' list; fi
}
compdef _chartroom chartroom
`
}

/** The shell pattern of every command's names. */
function pathPattern(commands: readonly CommandWords[]): string {
  return commands.flatMap(({ names }) => (names.length === 0 ? [] : [`'${names.join(' ')}'`])).join('|')
}

function choiceCases(commands: readonly CommandWords[], then: (values: readonly string[]) => string): string {
  return commands
    .flatMap(({ names, choices }) =>
      Object.entries(choices).map(([option, values]) => `    '${[...names, option].join(' ')}') ${then(values)} ;;`),
    )
    .join('\n')
}
