import { ConfigError } from './config-error.ts'

export type Environment = Readonly<Record<string, string | undefined>>

export interface SettingsReader {
  /** The trimmed value, or null when the variable is unset or empty. */
  text(name: string): string | null
  /** The value as written, or null when unset or empty: for secrets, which may contain spaces. */
  verbatim(name: string): string | null
  integer(name: string, range: { minimum: number; maximum: number; fallback: number }): number
  flag(name: string, fallback: boolean): boolean
  choice<const T extends string>(name: string, accepted: readonly T[], fallback: T): T
  /** Records that a variable is wrong; `takes` says what it accepts. Shows the value unless it is a secret. */
  refuse(name: string, takes: string, options?: { secret?: boolean; reason?: string }): void
  /** Records a problem of several settings together. */
  problem(words: string): void
  /** @throws ConfigError with all recorded problems, if there are any. */
  finish(): void
}

const YES = ['true', '1', 'yes', 'on']
const NO = ['false', '0', 'no', 'off']

/** Reads environment variables and collects all problems instead of stopping at the first. */
export function createSettingsReader(env: Environment): SettingsReader {
  const problems: string[] = []

  function text(name: string): string | null {
    return env[name]?.trim() || null
  }

  function refuse(name: string, takes: string, options: { secret?: boolean; reason?: string } = {}): void {
    const given = options.secret ? '' : ` ${JSON.stringify(env[name] ?? '')}`
    const reason = options.reason === undefined ? '' : `: ${options.reason}`
    problems.push(
      options.secret ? `${name} cannot be used${reason}; it takes ${takes}` : `${name} is${given}${reason}; it takes ${takes}`,
    )
  }

  return {
    text,
    verbatim: (name) => env[name] || null,
    refuse,
    problem: (words) => void problems.push(words),
    integer(name, { minimum, maximum, fallback }) {
      const given = text(name)
      if (given === null) return fallback
      const value = /^\d+$/.test(given) ? Number(given) : Number.NaN
      if (value >= minimum && value <= maximum) return value
      refuse(name, `a whole number from ${minimum} to ${maximum}`)
      return fallback
    },
    flag(name, fallback) {
      const given = text(name)?.toLowerCase()
      if (given === undefined) return fallback
      if (YES.includes(given)) return true
      if (!NO.includes(given)) refuse(name, 'true or false')
      return false
    },
    choice(name, accepted, fallback) {
      const given = text(name)?.toLowerCase()
      if (given === undefined) return fallback
      const found = accepted.find((each) => each === given)
      if (found === undefined) refuse(name, `one of ${accepted.join(', ')}`)
      return found ?? fallback
    },
    finish() {
      if (problems.length > 0) throw new ConfigError(problems)
    },
  }
}
