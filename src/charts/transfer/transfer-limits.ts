/** Bounds of one download. */
export interface TransferLimits {
  /** Longest wait for the connection and the response headers. */
  answerMilliseconds: number
  /** Longest wait for the next bytes of the body. */
  stallMilliseconds: number
  /** Longest time for the whole body, so that a server sending byte by byte cannot block a job forever. */
  totalMilliseconds: number
  maximumBytes: number
}
