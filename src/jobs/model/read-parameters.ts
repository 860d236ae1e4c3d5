import { PermanentError } from '#lib/errors.ts'

// What `JobType.parse` is made of: readers of one stored parameter each. They throw a PermanentError that names the parameter.

/** The parse of a job type without parameters: ignores what is stored. */
export function noParameters(): Record<never, never> {
  return {}
}

/** The parameters as an object with string keys. */
export function recordOf(parameters: unknown): Record<string, unknown> {
  if (typeof parameters !== 'object' || parameters === null || Array.isArray(parameters))
    throw new PermanentError('the parameters must be an object')
  return { ...parameters }
}

/** A parameter that is an integer. */
export function integerOf(parameters: unknown, name: string): number {
  const value = recordOf(parameters)[name]
  if (typeof value !== 'number' || !Number.isSafeInteger(value)) throw new PermanentError(`${name} must be an integer`)
  return value
}

/** A parameter that is a list of strings. */
export function stringsOf(parameters: unknown, name: string): string[] {
  const value = recordOf(parameters)[name]
  if (!Array.isArray(value) || !value.every((each) => typeof each === 'string'))
    throw new PermanentError(`${name} must be a list of strings`)
  return value
}
