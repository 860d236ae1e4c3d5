import { randomBytes } from 'node:crypto'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { messageOf } from '#lib/errors.ts'
import { ConfigError } from './config-error.ts'

/**
 * Makes the data directory (with the folders above it) and proves that it can be written to, so that a wrong one stops the
 * start and not the first download.
 *
 * @param dataDir absolute path.
 * @throws ConfigError that names DATA_DIR, the path, the reason and the account.
 */
export async function prepareDataDir(dataDir: string): Promise<void> {
  const probe = path.join(dataDir, `.probe-${randomBytes(6).toString('hex')}`)
  try {
    await mkdir(dataDir, { recursive: true })
    await writeFile(probe, 'x', { flag: 'wx' })
    await rm(probe)
  } catch (error) {
    await rm(probe, { force: true }).catch(() => undefined)
    throw new ConfigError([
      `DATA_DIR is "${dataDir}", where ${account()} cannot keep files (${messageOf(error)}); it takes a folder on a local disk that this account may create or write to`,
    ])
  }
}

function account(): string {
  try {
    return `the account "${os.userInfo().username}"`
  } catch {
    // Containers may run under a number that has no name.
    return `the account with number ${process.getuid?.() ?? 'unknown'}`
  }
}
