import { Buffer } from 'node:buffer'
import { CompiledCellError } from '../format/compiled-cell-error.ts'

/**
 * Returns a function that decodes the text of an index, once for each.
 *
 * @param starts where each text begins in `bytes`, and where the last one ends.
 */
export function openTexts(bytes: Uint8Array, starts: Uint32Array): (index: number) => string {
  const texts: (string | undefined)[] = new Array(Math.max(0, starts.length - 1))
  return (index) => {
    let value = texts[index]
    if (value === undefined) {
      const [from, to] = [starts[index], starts[index + 1]]
      if (from === undefined || to === undefined || from > to || to > bytes.length) {
        throw new CompiledCellError('structure', `it has no text ${index}`)
      }
      value = Buffer.from(bytes.buffer, bytes.byteOffset + from, to - from).toString('utf8')
      texts[index] = value
    }
    return value
  }
}
