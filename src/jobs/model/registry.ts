import type { JobType } from './job-type.ts'

/** The job types this server can run. */
export interface Registry {
  get(name: string): JobType | undefined
  /** Names of the types that the API may start. */
  creatable(): string[]
  all(): readonly JobType[]
}

/**
 * Checks at startup that the product's list of job types and their handlers agree: a job without a handler would stay pending
 * forever.
 *
 * @param names every job type of the product.
 * @throws Error naming each type that has no handler, has two, or is missing from the list.
 */
export function createRegistry(names: readonly string[], types: readonly JobType[]): Registry {
  const byName = new Map<string, JobType>()
  const problems: string[] = []
  for (const type of types) {
    if (byName.has(type.name)) problems.push(`job type ${type.name} has two handlers`)
    if (!names.includes(type.name)) problems.push(`job type ${type.name} has a handler but is not in the list of job types`)
    byName.set(type.name, type)
    const steps = type.steps.map((step) => step.name)
    if (new Set(steps).size !== steps.length) problems.push(`job type ${type.name} has two steps of one name`)
    if (type.steps.some((step) => !(step.weight > 0)))
      problems.push(`job type ${type.name} has a step with a weight of 0 or less`)
  }
  for (const name of names) if (!byName.has(name)) problems.push(`job type ${name} has no handler`)
  if (problems.length > 0) throw new Error(`the job types are inconsistent: ${problems.join('; ')}`)
  return {
    get: (name) => byName.get(name),
    creatable: () => types.filter((type) => type.creatable).map((type) => type.name),
    all: () => types,
  }
}
