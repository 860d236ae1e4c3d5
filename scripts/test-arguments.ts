/** What `npm test` was asked to run. */
export interface TestRun {
  /** Options of node:test, each with its value. */
  options: string[]
  /** Files that were named, by themselves or by their folder; null for all. */
  files: string[] | null
  /** Whether the long tests run too, when no file is named. */
  runsAll: boolean
}

/** Options of node:test whose value may be a separate argument, which could be mistaken for a file. */
const WITH_VALUE = new Set([
  ...['--test-name-pattern', '--test-skip-pattern', '--test-reporter', '--test-reporter-destination'],
  ...['--test-concurrency', '--test-timeout', '--test-shard', '--import'],
])

/**
 * Reads the arguments of `npm test`.
 * @param testsIn the test files of a folder; none when it is not a folder.
 * @throws Error that names the argument that is neither an option, nor a file, nor a folder with tests: node would run every file it finds.
 */
export function readTestArguments(given: readonly string[], testsIn: (folder: string) => string[]): TestRun {
  const options: string[] = []
  const files: string[] = []
  const rest = [...given]
  for (let argument = rest.shift(); argument !== undefined; argument = rest.shift()) {
    if (WITH_VALUE.has(argument)) options.push(`${argument}=${required(argument, rest.shift())}`)
    else if (argument.startsWith('-')) options.push(argument)
    else files.push(...filesOf(argument, testsIn))
  }
  const runsAll = options.includes('--all')
  return { options: options.filter((option) => option !== '--all'), files: files.length === 0 ? null : files, runsAll }
}

function required(option: string, value: string | undefined): string {
  if (value === undefined) throw new Error(`${option} needs a value`)
  return value
}

function filesOf(argument: string, testsIn: (folder: string) => string[]): string[] {
  if (argument.endsWith('.ts')) return [argument]
  const found = testsIn(argument)
  if (found.length === 0) throw new Error(`there are no tests in "${argument}"; name a file that ends with .ts, or a folder`)
  return found
}
