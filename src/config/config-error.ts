/** Wrong settings. The message lists all of them, one per line, so that one start finds them all. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'
  /** One sentence each: the variable, its value, and the accepted values. */
  readonly problems: readonly string[]

  constructor(problems: readonly string[]) {
    super(problems.length === 1 ? problems[0] : `these settings are wrong:\n${problems.map((each) => `  - ${each}`).join('\n')}`)
    this.problems = problems
  }
}
