/** The position of a member: everything that `readStoredFile` needs. */
export interface ZipPlace {
  /** Position of its local header. */
  offset: number
  packedBytes: number
  /** 0 stored, 8 deflated; any other number is that of a fault (`member-fault.ts`). */
  method: number
  crc: number
}
