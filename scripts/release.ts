// Makes the release: `npm run release` writes the tarball, its list of packages (SBOM) and their digests to `release/`, and proves that the
// tarball holds what it should and starts from an empty folder. Without a registry and with an empty cache of npm, the last is left out.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readFileSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { contentProblems, readTarball, sizesOf } from './release/check-contents.ts'
import type { Lock } from './release/package-manifest.ts'
import { NoRegistryError, runNpm } from './release/run-npm.ts'
import { stagePackage } from './release/stage-package.ts'
import { tryPackage } from './release/try-package.ts'
import { writeSbom } from './release/write-sbom.ts'

const root = path.resolve(import.meta.dirname, '..')
const folder = path.join(root, 'release')
// npm sbom names the product by its folder.
const staged = path.join(folder, 'chartroom')

const portal = spawnSync(process.execPath, ['--max-old-space-size=512', path.join(root, 'scripts/build-portal.mjs')], {
  stdio: 'inherit',
})
if (portal.status !== 0) process.exit(1)
stagePackage(root, staged)
const lock = JSON.parse(readFileSync(path.join(staged, 'npm-shrinkwrap.json'), 'utf8')) as Lock
const { name, version } = lock
runNpm(['pack', '--silent', '--pack-destination', folder], { cwd: staged })
const tarball = path.join(folder, `${name}-${version}.tgz`)
const contents = await readTarball(tarball)
console.log(
  `${path.relative(root, tarball)}: ${contents.size} files, ${megabytes(statSync(tarball).size)} packed; ${sizesOf(contents)}`,
)
const problems = contentProblems(root, contents)
if (problems.length > 0) {
  console.error(`The tarball is not right:\n  ${problems.join('\n  ')}`)
  process.exit(1)
}

const sbom = path.join(folder, `${name}-${version}.cdx.json`)
const listed = writeSbom(staged, sbom, lock)
console.log(`${path.relative(root, sbom)}: ${listed} packages, every one of the lock among them`)
const digest = (file: string) => createHash('sha256').update(readFileSync(file)).digest('hex')
const sums = [tarball, sbom].map((file) => `${digest(file)}  ${path.basename(file)}\n`)
writeFileSync(path.join(folder, 'SHA256SUMS'), sums.join(''))

try {
  await tryPackage(tarball, lock, (text) => console.log(`  ${text}`))
} catch (error) {
  if (!(error instanceof NoRegistryError)) throw error
  console.warn(`Not tried, because no registry can be reached: ${error.message}`)
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`
}
