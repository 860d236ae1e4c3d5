import { hash, verify } from '@node-rs/argon2'
import pLimit from 'p-limit'

export const MINIMUM_PASSWORD_LENGTH = 4
export const MAXIMUM_PASSWORD_LENGTH = 1024

export interface Passwords {
  hash(password: string): Promise<string>
  /** Whether the password belongs to the hash. For a null hash (no such user) it takes as long and returns false. */
  verify(stored: string | null, password: string): Promise<boolean>
}

// Argon2id (RFC 9106) with 19 MiB and two passes: about 40 ms on a small board. Two at a time, so that a burst of logins takes at most 38
// MiB of a 2 GB device.
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }
const AT_ONCE = 2

/** Hashes and checks passwords. They are compared in Unicode form NFC: keyboards differ in how they compose an accented letter. */
export function createPasswords(): Passwords {
  const turn = pLimit(AT_ONCE)
  let decoy: Promise<string> | null = null
  const hashNow = (password: string) => turn(() => hash(password.normalize('NFC'), COST))
  return {
    hash: hashNow,
    async verify(stored, password) {
      // Without a user the same work is done on a decoy: the time an answer takes must not tell which names exist.
      decoy ??= hashNow('no user has this password')
      const against = stored ?? (await decoy)
      const matches = await turn(() => verify(against, password.normalize('NFC')))
      return stored !== null && matches
    },
  }
}
