import { messageOf } from '#lib/errors.ts'

interface Answered {
  name?: string
  Code?: string
  $metadata?: { httpStatusCode?: number }
}

/** Whether the service answered that the object, or the upload in parts, does not exist. A missing bucket is not a missing object. */
export function isMissing(error: unknown): boolean {
  const { name, $metadata } = (error ?? {}) as Answered
  return $metadata?.httpStatusCode === 404 && name !== 'NoSuchBucket'
}

/** The bucket cannot be used; the message says what to do. */
export class StorageUnusableError extends Error {
  override readonly name = 'StorageUnusableError'
}

/** Says why a bucket does not respond as it should, and which variable to check. */
export function explainFailure(error: unknown, bucket: string, endpoint: string | null): StorageUnusableError {
  const { name, Code, $metadata } = (error ?? {}) as Answered
  const where = endpoint ?? 'Amazon S3'
  const status = $metadata?.httpStatusCode
  const words =
    status === 404
      ? `has no bucket "${bucket}": create it, or correct S3_BUCKET`
      : status === 401 || status === 403
        ? `refuses access to the bucket "${bucket}" (${Code ?? name}): check S3_ACCESS_KEY_ID, S3_SECRET_ACCESS_KEY and what they permit`
        : status === 301 || status === 400
          ? `did not accept the request for the bucket "${bucket}" (HTTP ${status}): check S3_REGION, S3_ENDPOINT and S3_FORCE_PATH_STYLE`
          : `cannot be used (${status === undefined ? messageOf(error) : `HTTP ${status}`}): check S3_ENDPOINT and that the service runs`
  return new StorageUnusableError(`the object storage at ${where} ${words}`, { cause: error })
}
