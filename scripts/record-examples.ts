// Writes src/http/plugins/recorded-examples.ts, the examples of the API description, from a real server: `npm run record-examples`.
import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { walkExamples } from '#test/example-walk/walk-examples.ts'

const root = path.resolve(import.meta.dirname, '..')
const file = path.join(root, 'src', 'http', 'plugins', 'recorded-examples.ts')
const examples = Object.fromEntries([...(await walkExamples())].toSorted(([a], [b]) => (a < b ? -1 : 1)))

writeFileSync(
  file,
  `// Written by \`npm run record-examples\`, from the answers of a real server.
import type { RecordedExample } from './recorded-example.ts'

/** By operationId. */
export const RECORDED_EXAMPLES: Readonly<Record<string, RecordedExample>> = ${JSON.stringify(examples, null, 2)}
`,
)
const { status } = spawnSync(
  process.execPath,
  [path.join(root, 'scripts/run.mjs'), '--tool', 'biome', 'format', '--write', file],
  {
    stdio: 'inherit',
  },
)
process.exitCode = status ?? 1
