import { InvalidKeyError } from './blob-store.ts'

// Letters, digits and a few harmless marks. No part starts with a dot, which excludes '.', '..' and the store's own hidden folder.
// Every file system and object store accepts such keys.
const PART = /^[A-Za-z0-9_@=+-][A-Za-z0-9_@=+.-]{0,127}$/
const LONGEST_KEY = 512

/** @throws InvalidKeyError unless the key is a relative path of plain parts joined by '/'. */
export function checkKey(key: string): string {
  if (key.length === 0 || key.length > LONGEST_KEY || !key.split('/').every((part) => PART.test(part))) {
    throw new InvalidKeyError(`"${key.slice(0, 80)}" is not a storage key: use letters, digits and - _ . in parts joined by "/"`)
  }
  return key
}

/** @throws InvalidKeyError unless the prefix is empty or a key followed by '/'. */
export function checkPrefix(prefix: string): string {
  if (prefix === '') return prefix
  if (!prefix.endsWith('/')) throw new InvalidKeyError(`"${prefix.slice(0, 80)}" is not a storage prefix: it must end in "/"`)
  checkKey(prefix.slice(0, -1))
  return prefix
}
