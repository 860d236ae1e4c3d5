import { createReadStream, globSync } from 'node:fs'
import { isBuiltin } from 'node:module'
import path from 'node:path'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import { extract } from 'tar-stream'
import { importsOf } from '#test/import-graph.ts'

/** The content of a tarball by path, without npm's folder `package/`. */
export type Contents = ReadonlyMap<string, Buffer>

/** What must be there besides a compiled file for each source. */
const NEEDED = [
  'package.json',
  'npm-shrinkwrap.json',
  'bin/chartroom.mjs',
  'bin/hand-over.mjs',
  'portal/dist/index.html',
  'portal/dist/licences.md',
  'assets/sprites/day.json',
  'assets/pack/index.html',
  'docs/operations.md',
  'LICENSE',
  'NOTICE',
  'README.md',
  'CHANGELOG.md',
]
const FORBIDDEN = /(^|\/)(test|bench|scripts|node_modules)\/|\.test\.|\.tsx?$|\.map$|\.log$|(^|\/)\./
const SOURCE_BESIDE = /new URL\(\s*['"](\.[^'"]+\.ts)['"]/
const MOST_BYTES = 40_000_000

/** Reads a tarball that npm has packed. */
export async function readTarball(file: string): Promise<Contents> {
  const contents = new Map<string, Buffer>()
  const entries = extract()
  const reading = pipeline(createReadStream(file), createGunzip(), entries)
  for await (const entry of entries) {
    const parts: Buffer[] = []
    for await (const part of entry) parts.push(part as Buffer)
    if (entry.header.type === 'file') contents.set(entry.header.name.replace(/^package\//, ''), Buffer.concat(parts))
  }
  await reading
  return contents
}

/**
 * What is wrong with a tarball: missing or unexpected files, imports that lead nowhere, and paths of the machine that built it.
 * @param root of the sources that it was built from.
 */
export function contentProblems(root: string, contents: Contents): string[] {
  const compiled = globSync(['src/**/*.ts', 'bin/*.ts'], { cwd: root })
    .filter((file) => !/\.(test|d)\.ts$/.test(file))
    .map((file) => file.replace(/\.ts$/, '.js').split(path.sep).join('/'))
  const bytes = [...contents.values()].reduce((sum, content) => sum + content.length, 0)
  return [
    ...[...NEEDED, ...compiled].filter((file) => !contents.has(file)).map((file) => `${file} is missing`),
    ...[...contents.keys()].filter((file) => FORBIDDEN.test(file)).map((file) => `${file} does not belong into it`),
    ...[...contents].flatMap(([file, content]) => wrongText(root, file, content)),
    ...[...contents.keys()].filter((file) => /\.m?js$/.test(file) && /^(bin|src)\//.test(file)).flatMap(deadImports(contents)),
    ...(bytes > MOST_BYTES ? [`it has ${bytes} bytes unpacked, more than ${MOST_BYTES}`] : []),
  ]
}

/** Paths of the machine, maps of sources, which name them, and sources in places that the compiler does not look at. */
function wrongText(root: string, file: string, content: Buffer): string[] {
  if (content.includes(root)) return [`${file} names the folder ${root}`]
  const source = SOURCE_BESIDE.exec(file.endsWith('.js') ? content.toString() : '')?.[1]
  if (source !== undefined) return [`${file} names the source ${source}: name it by import.meta.resolve('#...')`]
  return content.includes('sourceMappingURL=') ? [`${file} names a map of its sources`] : []
}

/** Finds imports of files that the tarball lacks, and of packages that are not dependencies. */
function deadImports(contents: Contents): (file: string) => string[] {
  const manifest = JSON.parse(contents.get('package.json')?.toString() ?? '{}') as Record<string, Record<string, string>>
  const packages = { ...manifest['dependencies'], ...manifest['optionalDependencies'] }
  return (file) => {
    const specifiers = importsOf(contents.get(file)?.toString() ?? '')
    return specifiers
      .filter((specifier) => {
        if (specifier.startsWith('.')) {
          // The launcher of a checkout runs only where there is no compiled program.
          if (file === 'bin/chartroom.mjs' && specifier === '../scripts/run.mjs') return false
          return !contents.has(path.posix.join(path.posix.dirname(file), specifier))
        }
        if (specifier.startsWith('#')) return !contents.has(mappedImport(manifest['imports'] ?? {}, specifier))
        return !isBuiltin(specifier) && !(packageOf(specifier) in packages)
      })
      .map((specifier) => `${file} imports ${specifier}, which is not there`)
  }
}

/** Where an import of the package itself leads: the one pattern with a matching beginning and end. */
function mappedImport(imports: Record<string, string>, specifier: string): string {
  for (const [name, target] of Object.entries(imports)) {
    const [start = '', end] = name.split('*')
    if (end === undefined ? specifier !== name : !(specifier.startsWith(start) && specifier.endsWith(end))) continue
    return path.posix.join(target.replace('*', specifier.slice(start.length, specifier.length - (end ?? '').length)))
  }
  return ''
}

function packageOf(specifier: string): string {
  return specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/')
}

/** Bytes by top folder, largest first, for people. */
export function sizesOf(contents: Contents): string {
  const sizes = new Map<string, number>()
  for (const [file, content] of contents) {
    const [top = file, ...rest] = file.split('/')
    const folder = rest.length === 0 ? 'files' : `${top}/`
    sizes.set(folder, (sizes.get(folder) ?? 0) + content.length)
  }
  const sorted = [...sizes].sort(([, a], [, b]) => b - a)
  return sorted.map(([folder, bytes]) => `${folder} ${(bytes / 1e6).toFixed(1)} MB`).join(', ')
}
