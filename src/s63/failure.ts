/** Why a permit, an encrypted file or a signature is refused. */
export type FailureReason =
  /** The permit does not have the layout of S-63. */
  | 'permit-format'
  /** The checksum is wrong: the permit is damaged or was issued for another installation. */
  | 'permit-checksum'
  /** No permit exists for the cell. */
  | 'no-permit'
  /** No key of the cell's permits decrypts the file. */
  | 'wrong-key'
  /** A key decrypts the file, but its content is damaged. */
  | 'damaged'
  /** The file has no signature file. */
  | 'signature-missing'
  /** The signature file does not have the layout of S-63. */
  | 'signature-format'
  /** The file was changed after signing, or another data server signed it. */
  | 'signature-invalid'
  /** No configured authority certified the data server that signed the file. */
  | 'signer-unknown'
  /** The signature cannot be checked: no authority is configured, or the system refuses its key. */
  | 'authority-missing'

/** A failure for the operator, with the number of the S-63 error message (part C, table of SSE errors). */
export interface Failure {
  reason: FailureReason
  /** `SSE 21`, the number that help desks of data servers use; null when S-63 has none. */
  sse: string | null
  /** The fault and, where possible, its remedy. */
  message: string
}

/** The result, or a failure. */
export type Outcome<T> = ({ ok: true } & T) | { ok: false; failure: Failure }

/** Creates a failed outcome. */
export function failed(reason: FailureReason, sse: string | null, message: string): { ok: false; failure: Failure } {
  return { ok: false, failure: { reason, sse, message } }
}
