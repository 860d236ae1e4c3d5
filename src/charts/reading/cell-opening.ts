/** What a signature that cannot be verified means: an error, a warning, or nothing. */
export type SignaturePolicy = 'require' | 'warn' | 'off'

/** How signatures of S-100 exchange sets are treated, and the scheme administrators (the IHO) who certify data servers. */
export interface SignatureRules {
  policy: SignaturePolicy
  /** Certificates, X.509. */
  authorities: { name: string; bytes: Uint8Array }[]
}

/** What a worker thread needs to open an encrypted cell. */
export interface CellOpening {
  /** Cell keys to try, in hexadecimal; those of the newest permit first. */
  keys: string[]
  /** Last day of the newest permit, YYYY-MM-DD; null without one. */
  expires: string | null
  signatures: SignaturePolicy
  authorities: { name: string; bytes: Uint8Array }[]
}

/** Why this server cannot use encrypted charts: the end of an error or a warning. */
export const NO_IDENTITY =
  'this server has no S-63 identity, so encrypted charts and permits cannot be used: its operator must set S63_MANUFACTURER_ID, S63_MANUFACTURER_KEY and S63_HARDWARE_ID'
