import type { TransferLimits } from '../transfer/transfer-limits.ts'

/** Limits, retries and concurrency of downloads. */
export interface TransferSettings {
  userAgent: string
  /** Zips downloaded at once. */
  concurrency: number
  retry: { attempts: number; baseMilliseconds: number; maximumMilliseconds: number }
  catalogue: TransferLimits
  zip: TransferLimits
  /** After this many failures in a row, skip the rest: the server is down, and 7,000 cells would take hours to fail. */
  failuresInARow: number
}

const MEGABYTE = 1024 * 1024

/** Defaults for slow lines, and for NOAA, which answers 5xx and resets connections under load. */
export function defaultTransferSettings(version: string): TransferSettings {
  return {
    userAgent: `Chartroom/${version}`,
    concurrency: 8,
    retry: { attempts: 4, baseMilliseconds: 1_000, maximumMilliseconds: 30_000 },
    catalogue: {
      answerMilliseconds: 30_000,
      stallMilliseconds: 60_000,
      totalMilliseconds: 60 * 60_000,
      maximumBytes: 256 * MEGABYTE,
    },
    zip: { answerMilliseconds: 30_000, stallMilliseconds: 60_000, totalMilliseconds: 30 * 60_000, maximumBytes: 64 * MEGABYTE },
    failuresInARow: 25,
  }
}
