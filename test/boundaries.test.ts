import assert from 'node:assert/strict'
import { existsSync, globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { test } from 'node:test'
import { circularArrows, fileGraph, folderGraph, importsOf, resolveImport, sourceFiles } from '#test/import-graph.ts'
import { architectureWithRooms, readArchitecture } from '#test/room-table.ts'
import { PACKAGES, PORTAL_PACKAGES, ROOMS, TYPE_PACKAGES } from '#test/rooms.ts'

const root = path.resolve(import.meta.dirname, '..')
const files = sourceFiles(root)
const read = (file: string) => readFileSync(path.join(root, file), 'utf8')

function roomOf(file: string): string {
  const [top, second] = file.split('/')
  if (top === 'bin' || top === 'portal') return top
  return second === 'main.ts' ? 'main' : (second ?? '')
}

test('the import reader finds the files of the project and their imports', () => {
  assert.ok(files.length > 50)
  assert.ok(files.some((file) => importsOf(read(file)).length > 0))
})

test('every folder of src has rules', () => {
  assert.deepEqual(
    [...new Set(files.map(roomOf))].filter((room) => !(room in ROOMS)),
    [],
  )
})

test('a room imports only the rooms that its rules name', () => {
  const wrong: string[] = []
  for (const file of files) {
    const room = roomOf(file)
    for (const specifier of importsOf(read(file))) {
      const to = resolveImport(file, specifier)
      if (to !== null && roomOf(to) !== room && !ROOMS[room]?.mayImport.includes(roomOf(to)))
        wrong.push(`${file} imports ${specifier}`)
    }
  }
  assert.deepEqual(wrong, [])
})

test('a package with a place of its own is imported only there', () => {
  const wrong: string[] = []
  for (const file of files) {
    for (const specifier of importsOf(read(file))) {
      for (const { name, where, why } of PACKAGES) {
        if (name.test(specifier) && !where.test(file)) wrong.push(`${file} imports ${specifier}: ${why}`)
      }
    }
  }
  assert.deepEqual(wrong, [])
})

test('the portal loads no package outside its list', () => {
  const portal = files.filter((file) => file.startsWith('portal/'))
  assert.ok(portal.length > 0)
  const wrong = portal.flatMap((file) =>
    importsOf(read(file))
      .filter((specifier) => resolveImport(file, specifier) === null)
      .filter((specifier) => !PORTAL_PACKAGES.test(specifier) && !TYPE_PACKAGES.test(specifier))
      .map((specifier) => `${file} imports ${specifier}`),
  )
  assert.deepEqual(wrong, [])
})

test('only src/config and bin read process.env', () => {
  const readers = files.filter((file) => /\bprocess\.env\b/.test(readFileSync(path.join(root, file), 'utf8')))
  assert.deepEqual(
    readers.filter((file) => !file.startsWith(path.join('src', 'config')) && !file.startsWith('bin')),
    [],
  )
})

test('no file names a foreign path, a registry or a suppressed check', () => {
  const all = globSync(
    [
      'src/**/*.ts',
      'portal/src/**/*.{ts,tsx,css}',
      'bin/**/*',
      'test/**/*.ts',
      'scripts/**/*',
      'bench/**/*.ts',
      'docs/**/*.md',
      '*.md',
      '*.json',
      'Dockerfile',
    ],
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

test('docs/architecture.md names only files and folders that exist', () => {
  const named = [...readArchitecture().matchAll(/`((?:src|docs|portal|assets|test)\/[\w./-]+)`/g)].map(([, file]) => file ?? '')
  assert.ok(named.length > 20)
  assert.deepEqual(
    named.filter((file) => !existsSync(path.join(root, file))),
    [],
  )
})

test('docs/architecture.md shows the current rules of the rooms', () => {
  assert.equal(readArchitecture(), architectureWithRooms(), 'run `npm run generate` and commit docs/architecture.md')
})

test('no files import each other in a circle', () => {
  assert.deepEqual(circularArrows(fileGraph(root)), [])
})

test('no folders import each other in a circle', () => {
  assert.deepEqual(circularArrows(folderGraph(fileGraph(root))), [])
})
