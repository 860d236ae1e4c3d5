/** Why a file cannot be used. `version`: written by another release; compile it anew, nothing is broken. */
export type CompiledCellFault = 'truncated' | 'magic' | 'version' | 'checksum' | 'structure'

export class CompiledCellError extends Error {
  override readonly name = 'CompiledCellError'
  readonly fault: CompiledCellFault

  constructor(fault: CompiledCellFault, message: string) {
    super(message)
    this.fault = fault
  }
}
