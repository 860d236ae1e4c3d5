import { buildPortal } from '#test/portal-build.ts'
import { FAULT_CASES } from './cases.ts'
import { runFaults } from './run-faults.ts'

/** `npm run chaos -- --faults`. @returns the exit code: 1 when a case is broken, 2 for arguments that mean nothing. */
export async function faultsMain(given: { seed: string; requests: string; only: string | null }): Promise<number> {
  const options = { seed: Number(given.seed), requests: Number(given.requests) }
  const names = given.only?.split(',') ?? FAULT_CASES.map(({ name }) => name)
  const cases = FAULT_CASES.filter(({ name }) => names.includes(name))
  if (!Object.values(options).every(Number.isSafeInteger) || cases.length !== names.length) {
    console.error('usage: npm run chaos -- --faults [--seed N] [--only case,case] [--requests N]')
    console.error(`cases: ${FAULT_CASES.map(({ name }) => name).join(', ')}`)
    return 2
  }
  // A server that builds it holds descriptors and memory that the cases count.
  buildPortal()
  const broken = await runFaults(cases, options, console.log)
  console.log(broken.length === 0 ? 'every case held' : `broken: ${broken.join(', ')}`)
  return broken.length === 0 ? 0 : 1
}
