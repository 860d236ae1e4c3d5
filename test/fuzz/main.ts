// `npm run fuzz -- [--seed N] [--cases N] [--from N] [--only TARGET] [--memory-every N]` feeds mutated charts, updates, catalogues,
// permits, signatures and compiled cells to the readers, or only those of the targets that begin with TARGET (`s101`). Equal seeds give equal cases, in one run or in several (--from). Memory is measured in every 50th
// case by default. Exits with 1 when a case crashed, hung, threw an undocumented error or exceeded its time.
// `--case N` runs only that case and prints its stack; `--out FOLDER` writes its files.
import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { makeCase } from './make-case.ts'
import { runCase } from './run-case.ts'
import { runFuzz } from './run-fuzz.ts'
import { seedFiles } from './seed-files.ts'

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    cases: { type: 'string', default: '20000' },
    from: { type: 'string', default: '0' },
    only: { type: 'string', default: '' },
    case: { type: 'string' },
    out: { type: 'string' },
    'memory-every': { type: 'string', default: '50' },
  },
})
const whole = (name: string, text: string): number => {
  if (/^\d{1,9}$/.test(text)) return Number(text)
  console.error(`--${name} is ${JSON.stringify(text)}; expected a whole number`)
  process.exit(2)
}
const seed = whole('seed', values.seed)

if (values.case !== undefined) {
  const { seed: file, bytes, mutations } = makeCase(seed, whole('case', values.case), seedFiles(values.only))
  console.log(`${file.target} ${file.name}, ${bytes.length} bytes: ${mutations.join(', ')}`)
  if (values.out !== undefined) {
    mkdirSync(values.out, { recursive: true })
    for (const { name, bytes: content } of [...file.before, { name: file.name, bytes }])
      writeFileSync(path.join(values.out, name), content)
  }
  const { kind, ...rest } = runCase(file, bytes)
  console.log(kind, 'what' in rest ? rest.what : '')
  process.exit(kind === 'fault' ? 1 : 0)
}

const cases = whole('cases', values.cases)
let shown = 0
const report = await runFuzz({
  seed,
  cases,
  only: values.only,
  from: whole('from', values.from),
  memoryEvery: whole('memory-every', values['memory-every']),
  onProgress: (done) => {
    if (done - shown < 10_000) return
    shown = done
    console.log(`${done} of ${cases}`)
  },
})
const { slowest, memory } = report
const table = (counts: Record<string, number>) =>
  Object.entries(counts)
    .map(([name, count]) => `${name} ${count}`)
    .join(', ')
console.log(
  `seed ${seed}: ${cases} cases in ${report.seconds.toFixed(0)} s; ${report.read} read, ${report.refused} refused, ${report.faults.length} faults`,
)
console.log(`files: ${table(report.byTarget)}`)
console.log(`changes: ${table(report.byMutation)}`)
console.log(
  `time: ${report.slow} cases above 0.1 s plus 1 s per megabyte; closest: case ${slowest.index} with ${slowest.milliseconds.toFixed(0)} ms for ${slowest.bytes} bytes`,
)
console.log(
  `memory: at most ${(memory.kept / memory.bytes).toFixed(1)} times the size of the files (case ${memory.index}, ${memory.bytes} bytes)`,
)
for (const { index, what } of report.faults.slice(0, 20))
  console.log(
    `fault in case ${index} (npm run fuzz -- --seed ${seed} ${values.only === '' ? '' : `--only ${values.only} `}--case ${index}): ${what}`,
  )
process.exitCode = report.faults.length > 0 || report.slow > 0 ? 1 : 0
