import { InvalidKeyError } from './blob-store.ts'

// Letters, digits and a few harmless marks; no part starts with a dot, so '..', '.' and the store's own hidden folder cannot
// be named. Narrow enough that every file system and object store takes it.
const PART = /^[A-Za-z0-9_@=+-][A-Za-z0-9_@=+.-]{0,127}$/
const LONGEST_KEY = 512

/** @throws InvalidKeyError for anything but relative, plain parts joined by '/'. */
export function checkKey(key: string): string {
  if (key.length === 0 || key.length > LONGEST_KEY || !key.split('/').every((part) => PART.test(part))) {
    throw new InvalidKeyError(`"${key.slice(0, 80)}" is not a storage key: use letters, digits and - _ . in parts joined by "/"`)
  }
  return key
}

/** @throws InvalidKeyError for a prefix that is neither empty nor a key followed by '/'. */
export function checkPrefix(prefix: string): string {
  if (prefix === '') return prefix
  if (!prefix.endsWith('/')) throw new InvalidKeyError(`"${prefix.slice(0, 80)}" is not a storage prefix: it must end in "/"`)
  checkKey(prefix.slice(0, -1))
  return prefix
}
