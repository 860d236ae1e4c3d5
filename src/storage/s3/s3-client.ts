import { S3Client } from '@aws-sdk/client-s3'
import { createRetryStrategy, type RetryLimits } from './retry-strategy.ts'
import { explainFailure, isUnusable } from './s3-errors.ts'
import type { S3Settings } from './s3-settings.ts'

export interface S3ClientOptions {
  retries?: RetryLimits | undefined
  /** How long a response may take to begin, and may stall, in milliseconds. */
  silenceMilliseconds?: number | undefined
}

const SILENCE = 20_000
const CONNECTION = 5_000
const MOST_CONNECTIONS = 64

/**
 * Makes the client of a bucket. It connects with the first request, and says in words why a request failed when the service or the bucket
 * cannot be used (StorageUnusableError).
 */
export function createS3Client(settings: S3Settings, options: S3ClientOptions = {}): S3Client {
  const { endpoint, bucket, region, credentials, forcePathStyle } = settings
  const silence = options.silenceMilliseconds ?? SILENCE
  const connections = { keepAlive: true, maxSockets: MOST_CONNECTIONS }
  const client = new S3Client({
    region,
    forcePathStyle,
    ...(endpoint === null ? {} : { endpoint }),
    ...(credentials === null ? {} : { credentials: { ...credentials } }),
    retryStrategy: createRetryStrategy(options.retries),
    // Many services other than Amazon's do not support checksums that follow the content.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    requestHandler: {
      ...{ connectionTimeout: CONNECTION, requestTimeout: silence, throwOnRequestTimeout: true, socketTimeout: silence },
      httpAgent: connections,
      httpsAgent: connections,
    },
  })
  // Outermost, around all tries of a request.
  client.middlewareStack.add(
    (next) => async (request) => {
      try {
        return await next(request)
      } catch (error) {
        throw isUnusable(error) ? explainFailure(error, bucket, endpoint) : error
      }
    },
    { step: 'initialize', priority: 'high', name: 'explainFailure' },
  )
  return client
}
