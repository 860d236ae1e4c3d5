/**
 * Gives the memory of bytes back at once, rather than at the next garbage collection. Only their one owner may call it: they are empty
 * afterwards. Bytes that share their memory with others stay as they are.
 */
export function freeBytes({ buffer, byteLength }: Uint8Array): void {
  if (buffer instanceof ArrayBuffer && buffer.byteLength === byteLength) buffer.transfer(0)
}
