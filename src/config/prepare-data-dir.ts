import { randomBytes } from 'node:crypto'
import { mkdir, rm, stat, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { isDescriptorShortage } from '#lib/descriptor-limit.ts'
import { codeOf, messageOf } from '#lib/errors.ts'
import { ConfigError } from './config-error.ts'

/**
 * Creates the data directory and its parents and proves that it is writable, so that a wrong one stops startup and not the first
 * download.
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
    // A process or machine that cannot open any further file says nothing about this folder.
    if (isDescriptorShortage(error)) throw new ConfigError([`DATA_DIR could not be tried out: ${messageOf(error)}`])
    throw new ConfigError([
      `DATA_DIR is "${dataDir}", where ${account()} cannot store files (${messageOf(error)}); it takes a folder on a local disk that this account may create or write to`,
    ])
  }
}

/**
 * Like `mkdir -p`. Node's `mkdir` with `recursive` retries forever where a file system reports ENOENT below an existing folder (such as
 * /proc and some network mounts), and the server would hang without a message.
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
      // Another process may have created it first.
      if (codeOf(second) !== 'EEXIST') throw second
    })
  }
}

function account(): string {
  try {
    return `the account "${os.userInfo().username}"`
  } catch {
    // A container may run under an id without a name.
    return `the account with number ${process.getuid?.() ?? 'unknown'}`
  }
}
