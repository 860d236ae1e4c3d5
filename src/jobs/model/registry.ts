import type { JobType } from './job-type.ts'

export interface Registry {
  get(name: string): JobType | undefined
  creatable(): string[]
  all(): readonly JobType[]
}

/**
 * Checks at boot that the product's list of job types and their handlers agree: a job that nobody can run would sit in the
 * list as pending for ever.
 *
 * @param names every job type the product knows.
 * @throws Error naming each type without a handler, with two, or unknown to the list.
 */
export function createRegistry(names: readonly string[], types: readonly JobType[]): Registry {
  const byName = new Map<string, JobType>()
  const problems: string[] = []
  for (const type of types) {
    if (byName.has(type.name)) problems.push(`job type ${type.name} has two handlers`)
    if (!names.includes(type.name)) problems.push(`job type ${type.name} has a handler but is not in the list of job types`)
    byName.set(type.name, type)
    const steps = type.steps.map((step) => step.name)
    if (new Set(steps).size !== steps.length) problems.push(`job type ${type.name} names a step twice`)
    if (type.steps.some((step) => !(step.weight > 0)))
      problems.push(`job type ${type.name} has a step whose weight is not above 0`)
  }
  for (const name of names) if (!byName.has(name)) problems.push(`job type ${name} has no handler`)
  if (problems.length > 0) throw new Error(`the job types do not fit together: ${problems.join('; ')}`)
  return {
    get: (name) => byName.get(name),
    creatable: () => types.filter((type) => type.creatable).map((type) => type.name),
    all: () => types,
  }
}
