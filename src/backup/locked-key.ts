import { createCipheriv, createDecipheriv, randomBytes, scrypt } from 'node:crypto'
import { BackupFileError } from './backup-format.ts'

/** The secret key of the data, encrypted with a passphrase: scrypt and AES-256-GCM. Binary values are in base64. */
interface LockedKey {
  kdf: 'scrypt'
  cost: number
  blockSize: number
  parallelization: number
  salt: string
  cipher: 'aes-256-gcm'
  iv: string
  tag: string
  content: string
}

const COST = { cost: 2 ** 16, blockSize: 8, parallelization: 1 }
/** A file may ask for this cost at most: half a gigabyte of memory. */
const HIGHEST_COST = 2 ** 19
const KEY_BYTES = 32

/** Encrypts the key. @returns JSON. */
export async function lockKey(key: Uint8Array, passphrase: string): Promise<string> {
  const salt = randomBytes(16)
  const iv = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', await derive(passphrase, salt, COST), iv)
  const content = Buffer.concat([cipher.update(key), cipher.final()])
  const base64 = (bytes: Buffer) => bytes.toString('base64')
  const locked: LockedKey = {
    ...{ kdf: 'scrypt', ...COST, salt: base64(salt) },
    ...{ cipher: 'aes-256-gcm', iv: base64(iv), tag: base64(cipher.getAuthTag()), content: base64(content) },
  }
  return JSON.stringify(locked)
}

/** Decrypts a key. @throws BackupFileError when the passphrase is another one. */
export async function unlockKey(text: string, passphrase: string): Promise<Buffer> {
  const locked = JSON.parse(text) as LockedKey
  if (locked.kdf !== 'scrypt' || locked.cipher !== 'aes-256-gcm' || !(locked.cost <= HIGHEST_COST))
    throw new BackupFileError('the secret key in the backup is encrypted in a way that this version does not know')
  const bytes = (base64: string) => Buffer.from(base64, 'base64')
  const decipher = createDecipheriv('aes-256-gcm', await derive(passphrase, bytes(locked.salt), locked), bytes(locked.iv))
  decipher.setAuthTag(bytes(locked.tag))
  try {
    return Buffer.concat([decipher.update(bytes(locked.content)), decipher.final()])
  } catch (error) {
    throw new BackupFileError('BACKUP_PASSPHRASE is not the passphrase of this backup', { cause: error })
  }
}

async function derive(passphrase: string, salt: Buffer, { cost, blockSize, parallelization }: typeof COST): Promise<Buffer> {
  const options = { cost, blockSize, parallelization, maxmem: 256 * cost * blockSize }
  return await new Promise((resolve, reject) =>
    scrypt(passphrase.normalize('NFC'), salt, KEY_BYTES, options, (error, key) => (error ? reject(error) : resolve(key))),
  )
}
