/** Settings that cannot be used. The message lists every problem, one a line, so that one start is enough to find them all. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'
  /** One sentence each: the variable, what it was given, what it takes. */
  readonly problems: readonly string[]

  constructor(problems: readonly string[]) {
    super(
      problems.length === 1 ? problems[0] : `these settings cannot be used:\n${problems.map((each) => `  - ${each}`).join('\n')}`,
    )
    this.problems = problems
  }
}
