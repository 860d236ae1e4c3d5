/**
 * Frees the memory of bytes at once, rather than at the next garbage collection; they are empty afterwards, so only their owner may call
 * it. Bytes that share their memory with others stay as they are.
 */
export function freeBytes({ buffer, byteLength }: Uint8Array): void {
  if (buffer instanceof ArrayBuffer && buffer.byteLength === byteLength) buffer.transfer(0)
}
