import { writeFileSync } from 'node:fs'
import { type Lock, lockedPackages } from './package-manifest.ts'
import { runNpm } from './run-npm.ts'

interface Bom {
  bomFormat?: string
  metadata?: { component?: { name?: string; version?: string } }
  components?: { name?: string; group?: string; version?: string; purl?: string; hashes?: unknown[]; licenses?: unknown[] }[]
}

/**
 * Writes the list of all packages of an installation (SBOM, CycloneDX 1.5) and checks it.
 *
 * @param folder of the staged package and its lock.
 * @returns how many packages it lists.
 * @throws Error when npm fails, or a package of the lock is missing.
 */
export function writeSbom(folder: string, file: string, lock: Lock): number {
  const options = ['--sbom-format=cyclonedx', '--sbom-type=application', '--package-lock-only', '--omit=dev']
  const text = runNpm(['sbom', ...options], { cwd: folder })
  const bom = JSON.parse(text) as Bom
  const product = bom.metadata?.component
  if (bom.bomFormat !== 'CycloneDX' || product?.name !== lock.name || product.version !== lock.version) {
    throw new Error(`npm sbom wrote no CycloneDX of ${lock.name} ${lock.version}`)
  }
  const components = new Map((bom.components ?? []).map((each) => [each.purl ?? '', each]))
  const expected = lockedPackages(lock)
  const missing = expected.filter(({ name, version }) => !components.has(`pkg:npm/${name.replace('@', '%40')}@${version}`))
  if (missing.length > 0) {
    throw new Error(`the SBOM lacks ${missing.map(({ name, version }) => `${name}@${version}`).join(', ')}`)
  }
  const bare = [...components.values()].filter(({ hashes = [], licenses = [] }) => hashes.length === 0 || licenses.length === 0)
  if (bare.length > 0) throw new Error(`the SBOM has no digest or licence of ${bare.map(({ purl }) => purl).join(', ')}`)
  writeFileSync(file, text)
  return components.size
}
