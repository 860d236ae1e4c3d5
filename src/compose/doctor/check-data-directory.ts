import { constants } from 'node:fs'
import { access, stat } from 'node:fs/promises'
import path from 'node:path'
import { codeOf } from '#lib/errors.ts'
import { type Finding, failed, ok, warning } from './finding.ts'

const KEY_BYTES = 32

/** Whether the data directory is a folder that this account can use. It may be missing before the first start. */
export async function checkDataDirectory(dataDir: string): Promise<Omit<Finding, 'name'>> {
  const info = await stat(dataDir).catch((error: unknown) => {
    if (codeOf(error) === 'ENOENT') return null
    throw error
  })
  if (info === null) {
    await access(await nearestFolder(dataDir), constants.W_OK | constants.X_OK)
    return ok(`${dataDir} does not exist yet; the first start creates it.`)
  }
  if (!info.isDirectory()) return failed(`${dataDir} is a file.`, 'Set DATA_DIR to a folder.')
  await access(dataDir, constants.R_OK | constants.W_OK | constants.X_OK)
  return ok(`${dataDir} can be read and written.`)
}

/** The nearest folder above that exists, for figures of its disk. */
export async function nearestFolder(folder: string): Promise<string> {
  for (let each = folder; ; each = path.dirname(each)) {
    const info = await stat(each).catch(() => null)
    if (info?.isDirectory() === true || each === path.dirname(each)) return each
  }
}

/** Whether the key that encrypts tokens and permits is whole and private. @param isNew whether there is no database yet. */
export async function checkSecretKey(dataDir: string, isNew: boolean): Promise<Omit<Finding, 'name'>> {
  const file = path.join(dataDir, 'secret.key')
  const info = await stat(file).catch((error: unknown) => {
    if (codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR') return null
    throw error
  })
  const restore = `Restore ${file} from a backup. Without it, installed S-63 permits must be uploaded again.`
  if (info === null) return isNew ? ok('The first start creates secret.key.') : warning('secret.key is missing.', restore)
  if (info.size !== KEY_BYTES) return failed(`secret.key has ${info.size} bytes instead of ${KEY_BYTES}.`, restore)
  if (process.platform !== 'win32' && (info.mode & 0o077) !== 0) {
    return warning('Other accounts of this machine can read secret.key.', `Run: chmod 600 ${file}`)
  }
  return ok('secret.key is whole, and only its owner can read it.')
}
