import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'

const FOLDER = path.resolve(import.meta.dirname, '..', '..', '..', 'portrayal')

/** Names the rules of portrayal by their files: the same options under the same rules make the same style, whatever its length. */
export function rulesDigest(): string {
  const hash = createHash('sha256')
  for (const file of readdirSync(FOLDER, { recursive: true, encoding: 'utf8' }).sort()) {
    if (/\.[jt]s$/.test(file) && !/\.test\.[jt]s$/.test(file)) hash.update(file).update(readFileSync(path.join(FOLDER, file)))
  }
  return hash.digest('hex')
}
