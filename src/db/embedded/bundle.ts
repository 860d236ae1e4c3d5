import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { EmbeddedPostgresError } from './embedded-postgres-error.ts'

/** The PostgreSQL of this installation, as the package manager installed it. */
export interface Bundle {
  /** Folder with bin/, lib/ and share/. */
  native: string
  /** Version of the package, such as `18.4.0-beta.17`. */
  version: string
  /** Major version of PostgreSQL, such as 18. */
  major: number
}

/**
 * Finds the bundled PostgreSQL of this platform.
 *
 * @throws EmbeddedPostgresError when there is none: an unsupported platform, or an installation without optional packages.
 */
export async function findBundle(): Promise<Bundle> {
  const platform = `${process.platform}-${process.arch}`
  if (process.platform === 'win32') {
    throw new EmbeddedPostgresError(
      'the embedded PostgreSQL runs on Linux and macOS; on Windows, install PostgreSQL 13 or later and name it in DATABASE_URL',
    )
  }
  try {
    const entry = fileURLToPath(import.meta.resolve(`@embedded-postgres/${platform}`))
    const folder = path.resolve(path.dirname(entry), '..')
    const manifest: unknown = JSON.parse(await readFile(path.join(folder, 'package.json'), 'utf8'))
    const version = manifest !== null && typeof manifest === 'object' && 'version' in manifest ? String(manifest.version) : ''
    return { native: path.join(folder, 'native'), version, major: Number.parseInt(version, 10) }
  } catch (error) {
    throw new EmbeddedPostgresError(
      `there is no bundled PostgreSQL for ${platform} in this installation: install with optional packages, or name a PostgreSQL 13 or later in DATABASE_URL`,
      { cause: error },
    )
  }
}
