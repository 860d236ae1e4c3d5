/** Prefix of the storage keys of compiled cells. */
export const COMPILED_PREFIX = 'compiled/'

/** Returns the storage key of a compiled cell. @param digest the SHA-256 of its bytes in hexadecimal digits. */
export function compiledKey(digest: string): string {
  return `${COMPILED_PREFIX}${digest.slice(0, 2)}/${digest}.cell`
}
