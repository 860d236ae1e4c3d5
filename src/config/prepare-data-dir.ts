import { randomBytes } from 'node:crypto'
import { mkdir, rm, stat, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { codeOf, messageOf } from '#lib/errors.ts'
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
    await makeFolder(dataDir)
    await writeFile(probe, 'x', { flag: 'wx' })
    await rm(probe)
  } catch (error) {
    await rm(probe, { force: true }).catch(() => undefined)
    throw new ConfigError([
      `DATA_DIR is "${dataDir}", where ${account()} cannot keep files (${messageOf(error)}); it takes a folder on a local disk that this account may create or write to`,
    ])
  }
}

/**
 * As `mkdir -p`. Not `mkdir` with `recursive`: where a file system answers ENOENT below a folder that exists (/proc does, and
 * so do some network mounts), that one tries again without end, and the server would hang where it should say what is wrong.
 */
async function makeFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder)
  } catch (error) {
    const code = codeOf(error)
    if (code === 'EEXIST' && (await stat(folder)).isDirectory()) return
    const parent = path.dirname(folder)
    if (code !== 'ENOENT' || parent === folder) throw error
    await makeFolder(parent)
    await mkdir(folder).catch((second: unknown) => {
      // Another process may have been quicker.
      if (codeOf(second) !== 'EEXIST') throw second
    })
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
