/** Where compiled cells lie in the storage. */
export const COMPILED_PREFIX = 'compiled/'

/** The key of a compiled cell by the SHA-256 of its bytes, in hexadecimal digits: other content has another key. */
export function compiledKey(digest: string): string {
  return `${COMPILED_PREFIX}${digest.slice(0, 2)}/${digest}.cell`
}
