import { randomBytes } from 'node:crypto'
import { chmod, link, mkdir, open, readFile, rm } from 'node:fs/promises'
import path from 'node:path'
import { codeOf } from '#lib/errors.ts'

const KEY_BYTES = 32
const FILE_NAME = 'secret.key'

/**
 * The key that encrypts API tokens at rest: 32 bytes in `secret.key` of the data directory, created at the first start with mode
 * 0600. The file appears whole or not at all, and two servers that start at once on one directory get the same key.
 *
 * @param dataDirectory created if it is missing.
 * @param given the key as 64 hexadecimal digits, for several servers that share a database but not a data directory: it is
 *   used as it is and nothing is written.
 * @throws Error when the given key or the file does not hold a key. A damaged key is never replaced: the tokens in the database would be lost.
 */
export async function loadSecretKey(dataDirectory: string, given?: string): Promise<Buffer> {
  if (given !== undefined) {
    if (!/^[0-9a-f]{64}$/i.test(given))
      throw new Error(`the secret key must be ${KEY_BYTES * 2} hexadecimal digits (${KEY_BYTES} bytes)`)
    return Buffer.from(given, 'hex')
  }
  const file = path.join(dataDirectory, FILE_NAME)
  const existing = await readKey(file)
  if (existing !== null) return existing
  await mkdir(dataDirectory, { recursive: true })
  await writeOnce(file, randomBytes(KEY_BYTES))
  const key = await readKey(file)
  if (key === null) throw new Error(`${file} vanished right after it was written`)
  return key
}

async function readKey(file: string): Promise<Buffer | null> {
  let bytes: Buffer
  try {
    bytes = await readFile(file)
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null
    throw new Error(`the secret key ${file} cannot be read`, { cause: error })
  }
  if (bytes.length !== KEY_BYTES) {
    throw new Error(
      `${file} should hold a key of exactly ${KEY_BYTES} bytes and holds ${bytes.length}: restore it from a backup, or remove it to start with a new key (API tokens created before then keep working, but are listed without their bearer string until they are used again)`,
    )
  }
  return bytes
}

/** Writes a file that another process may be writing too: a hard link, unlike a rename, never replaces what is there. */
async function writeOnce(file: string, bytes: Buffer): Promise<void> {
  const temporary = `${file}.${randomBytes(6).toString('hex')}`
  const handle = await open(temporary, 'wx', 0o600)
  try {
    await handle.writeFile(bytes)
    await handle.sync()
  } finally {
    await handle.close()
  }
  try {
    await chmod(temporary, 0o600)
    await link(temporary, file)
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error
  } finally {
    await rm(temporary, { force: true })
  }
}
