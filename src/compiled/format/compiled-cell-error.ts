import { BlobMissingError } from '#storage/blob-store.ts'

/** Why a file cannot be used. `version`: another release wrote it; nothing is broken, compile the cell again. */
export type CompiledCellFault = 'truncated' | 'magic' | 'version' | 'checksum' | 'structure'

/** A compiled cell that cannot be used. The message continues a sentence: "it has only 12 bytes". */
export class CompiledCellError extends Error {
  override readonly name = 'CompiledCellError'
  readonly fault: CompiledCellFault

  constructor(fault: CompiledCellFault, message: string) {
    super(message)
    this.fault = fault
  }
}

/**
 * Whether an error while loading a compiled cell is the fault of its file: the content is wrong, or there is no file. Any other error, such
 * as a lack of descriptors or memory, proves nothing about it.
 */
export function isAboutCompiledCell(error: unknown): boolean {
  return error instanceof CompiledCellError || error instanceof BlobMissingError
}
