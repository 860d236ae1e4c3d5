import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'

export interface TokenCipher {
  /** Nonce (12 bytes), tag (16 bytes) and cipher text of a bearer string. */
  encrypt(token: string): Buffer
  /** The bearer string, or null when it was encrypted under another key or its bytes were changed. */
  decrypt(encrypted: Buffer): string | null
}

const ALGORITHM = 'aes-256-gcm'
const NONCE_BYTES = 12
const TAG_BYTES = 16

/**
 * AES-256-GCM (NIST SP 800-38D) with a random nonce for each token.
 *
 * @param key 32 bytes.
 */
export function createTokenCipher(key: Buffer): TokenCipher {
  if (key.length !== 32) throw new Error(`the secret key must have 32 bytes, not ${key.length}`)
  return {
    encrypt(token) {
      const nonce = randomBytes(NONCE_BYTES)
      const cipher = createCipheriv(ALGORITHM, key, nonce, { authTagLength: TAG_BYTES })
      const text = Buffer.concat([cipher.update(token, 'utf8'), cipher.final()])
      return Buffer.concat([nonce, cipher.getAuthTag(), text])
    },
    decrypt(encrypted) {
      if (encrypted.length < NONCE_BYTES + TAG_BYTES) return null
      const decipher = createDecipheriv(ALGORITHM, key, encrypted.subarray(0, NONCE_BYTES), { authTagLength: TAG_BYTES })
      decipher.setAuthTag(encrypted.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES))
      try {
        return decipher.update(encrypted.subarray(NONCE_BYTES + TAG_BYTES), undefined, 'utf8') + decipher.final('utf8')
      } catch {
        return null
      }
    },
  }
}
