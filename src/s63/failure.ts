/** What can be wrong with a permit, an encrypted file or a signature. */
export type FailureReason =
  /** The text is not laid out as S-63 has it. */
  | 'permit-format'
  /** The checksum does not fit: damaged, or made for another installation. */
  | 'permit-checksum'
  /** No permit names this cell. */
  | 'no-permit'
  /** There are permits for this cell, but none of their keys opens the file. */
  | 'wrong-key'
  /** A key opens the file, but what comes out is broken. */
  | 'damaged'
  /** There is no signature file for this cell. */
  | 'signature-missing'
  /** The signature file is not laid out as S-63 has it. */
  | 'signature-format'
  /** The file was changed after it was signed, or signed by somebody else. */
  | 'signature-invalid'
  /** Whoever signed the file is not certified by the configured authority. */
  | 'signer-unknown'
  /** The check could not be made at all: no authority key, or one that cannot be used. */
  | 'authority-missing'

/** One failure in an operator's words, with the number of S-63's own message (part C, table of SSE errors) where it has one. */
export interface Failure {
  reason: FailureReason
  /** `SSE 21`, the number under which data servers' help desks know it; null when S-63 has none. */
  sse: string | null
  /** What is wrong and what can be done. */
  message: string
}

/** Either what was asked for, or why not. */
export type Outcome<T> = ({ ok: true } & T) | { ok: false; failure: Failure }

export function failed(reason: FailureReason, sse: string | null, message: string): { ok: false; failure: Failure } {
  return { ok: false, failure: { reason, sse, message } }
}
