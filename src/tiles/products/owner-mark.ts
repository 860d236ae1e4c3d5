import { createHash } from 'node:crypto'

const MARK_LENGTH = 16

/** The end of the digests of all products that show cells of an account: 16 hexadecimal digits, the same for every product. */
export function ownerMark(accountId: number): string {
  return createHash('sha256').update(`account ${accountId}`).digest('hex').slice(0, MARK_LENGTH)
}

/** Whether a digest names a product that shows cells of this account. */
export function belongsTo(accountId: number): (digest: string) => boolean {
  const mark = ownerMark(accountId)
  // Digests without a mark are shorter.
  return (digest) => digest.length === 32 + MARK_LENGTH && digest.endsWith(mark)
}
