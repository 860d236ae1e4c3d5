// Plain JavaScript for Node 20, like scripts/run.mjs, which loads it.
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'

/**
 * The digest of everything that the portal's build depends on: its sources without their tests, the locked packages, the compiler's
 * settings, and the description of the API.
 *
 * @param {string} root of the project
 * @returns {string} 64 hexadecimal digits
 */
export function portalStamp(root) {
  const hash = createHash('sha256')
  for (const file of [...sourcesIn(root, 'portal'), 'package-lock.json', 'tsconfig.json', 'docs/openapi.json'].sort()) {
    const name = path.join(root, file)
    if (existsSync(name)) hash.update(`${file}\0`).update(createHash('sha256').update(readFileSync(name)).digest())
  }
  return hash.digest('hex')
}

/**
 * Whether `portal/dist` was built from exactly these sources.
 *
 * @param {string} root of the project
 */
export function portalIsCurrent(root) {
  const stamp = path.join(root, 'portal', 'dist', '.stamp')
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === portalStamp(root)
}

function sourcesIn(root, folder) {
  return readdirSync(path.join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const file = `${folder}/${entry.name}`
    if (entry.isDirectory()) return folder === 'portal' && entry.name.startsWith('dist') ? [] : sourcesIn(root, file)
    return entry.name.startsWith('.') || entry.name.endsWith('.test.ts') ? [] : [file]
  })
}
