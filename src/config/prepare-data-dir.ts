import { randomBytes } from 'node:crypto'
import { constants } from 'node:fs'
import { access, mkdir, rm, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { currentAccount } from '#lib/current-account.ts'
import { isDescriptorShortage } from '#lib/descriptor-limit.ts'
import { codeOf, messageOf } from '#lib/errors.ts'
import { ConfigError } from './config-error.ts'

/**
 * Creates the data directory and its parents and proves that it is writable, so that a wrong one stops startup and not the first
 * download.
 *
 * @param dataDir absolute path.
 * @param folders names of those below it that are going to be written to. Where they exist, another account may have made them.
 * @throws ConfigError that names DATA_DIR, the path, the reason and the account.
 */
export async function prepareDataDir(dataDir: string, folders: readonly string[] = []): Promise<void> {
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
      `DATA_DIR is "${dataDir}", where ${currentAccount()} cannot store files (${messageOf(error)}); it takes a folder on a local disk that this account may create or write to`,
    ])
  }
  const wrong = await Promise.all(folders.map((name) => whyUnwritable(path.join(dataDir, name))))
  const reasons = wrong.filter((reason) => reason !== null)
  if (reasons.length === 0) return
  throw new ConfigError([
    `DATA_DIR is "${dataDir}", and ${currentAccount()} cannot store files in a folder of it (${reasons.join('; ')}); everything in DATA_DIR must belong to this account: chown -R it, also after a start under another account such as root`,
  ])
}

/** Null when the folder can be written to or does not exist yet. */
async function whyUnwritable(folder: string): Promise<string | null> {
  try {
    if (!(await stat(folder)).isDirectory()) return `${folder} is a file`
    await access(folder, constants.R_OK | constants.W_OK | constants.X_OK)
    return null
  } catch (error) {
    return codeOf(error) === 'ENOENT' || isDescriptorShortage(error) ? null : messageOf(error)
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
