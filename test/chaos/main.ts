// `npm run chaos -- --seed N --seconds 60 --jobs 500`: see run-chaos.ts. Exits with 1 when anything was lost, done twice or left open.
// `npm run chaos -- --faults [--seed N] [--only case,case] [--requests N]`: see test/faults. Exits with 1 when a case is broken.
import { parseArgs } from 'node:util'
import { complaints } from './complaints.ts'
import { runChaos } from './run-chaos.ts'

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    seconds: { type: 'string', default: '60' },
    jobs: { type: 'string', default: '500' },
    faults: { type: 'boolean', default: false },
    only: { type: 'string' },
    requests: { type: 'string', default: '20000' },
  },
})
if (values.faults) {
  const { faultsMain } = await import('../faults/main.ts')
  process.exit(await faultsMain({ seed: values.seed, requests: values.requests, only: values.only ?? null }))
}
const options = {
  seed: Number(values.seed),
  seconds: Number(values.seconds),
  jobs: Number(values.jobs),
  restartEvery: 10,
  takeOverAtEnd: false,
}
if (!Object.values(options).every((value) => typeof value === 'boolean' || Number.isSafeInteger(value))) {
  console.error('usage: npm run chaos -- [--seed N] [--seconds N] [--jobs N]')
  process.exit(2)
}
const report = await runChaos(options, console.log)
console.log(JSON.stringify(report, null, 2))
const found = complaints(report)
console.log(found.length === 0 ? 'nothing was lost or done twice' : found.join('\n'))
process.exitCode = found.length === 0 ? 0 : 1
