/** Bounds of one download. */
export interface TransferLimits {
  /** Longest wait for the connection and the first line of the answer. */
  answerMilliseconds: number
  /** Longest wait for the next bytes of the body. */
  stallMilliseconds: number
  /** Longest time for the whole body: what keeps a server that drips one byte at a time from holding a job for ever. */
  totalMilliseconds: number
  maximumBytes: number
}
