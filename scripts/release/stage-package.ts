import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { type Lock, type Manifest, packageLock, packageManifest } from './package-manifest.ts'

/** Files and folders that the package takes as they are; the picture is that of the README. */
const COPIED = [
  'bin/chartroom.mjs',
  'bin/hand-over.mjs',
  'assets',
  'portal/dist',
  'LICENSE',
  'NOTICE',
  'CHANGELOG.md',
  'README.md',
  'docs/gallery/savannah-13-day.jpg',
]
/** Of docs/, what an operator reads: not the decisions, and nothing that consists of pictures. */
const DOCS = /^(?!gallery|symbols).*\.(md|sql|json|yaml)$/

/**
 * Writes the content of the tarball to a folder: compiled JavaScript in the places of the sources, and beside it what the server reads
 * when it runs. The portal must have been built.
 *
 * @throws Error when the compiler fails.
 */
export function stagePackage(root: string, folder: string): void {
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  const compiler = path.join(root, 'node_modules/typescript/bin/tsc')
  const project = ['--project', path.join(root, 'tsconfig.release.json'), '--outDir', folder]
  const compiled = spawnSync(process.execPath, [compiler, ...project], { stdio: ['ignore', 'inherit', 'inherit'] })
  if (compiled.status !== 0) throw new Error('the sources could not be compiled')
  for (const name of COPIED) cpSync(path.join(root, name), path.join(folder, name), { recursive: true })
  rmSync(path.join(folder, 'portal/dist/.stamp'), { force: true })
  const docs = readdirSync(path.join(root, 'docs'), { withFileTypes: true }).filter((each) => each.isFile())
  for (const { name } of docs.filter((each) => DOCS.test(each.name))) {
    cpSync(path.join(root, 'docs', name), path.join(folder, 'docs', name))
  }
  const read = (name: string): unknown => JSON.parse(readFileSync(path.join(root, name), 'utf8'))
  const write = (name: string, value: unknown) => writeFileSync(path.join(folder, name), `${JSON.stringify(value, null, 2)}\n`)
  const lock = read('package-lock.json') as Lock
  const manifest = packageManifest(read('package.json') as Manifest, lock)
  write('package.json', manifest)
  // npm packs no package-lock.json. `npm ci` in the unpacked tarball follows this file of the same content, and the list of packages is made from it.
  write('npm-shrinkwrap.json', packageLock(lock, manifest))
}
