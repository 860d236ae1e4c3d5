// `npm run bench -- <name>`: seeded benchmarks, each with a reference in the same run. docs/performance.md has the figures.
import { globSync } from 'node:fs'
import path from 'node:path'

const names = globSync('*.ts', { cwd: import.meta.dirname })
  .map((file) => path.basename(file, '.ts'))
  .filter((name) => name !== 'main')
const [name, ...rest] = process.argv.slice(2)
if (name === undefined || !names.includes(name)) {
  console.error(`usage: npm run bench -- <${names.join(' | ')}>`)
  process.exit(1)
}
const { run } = (await import(`./${name}.ts`)) as { run(rest: string[]): Promise<void> }
await run(rest)
