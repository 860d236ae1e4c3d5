import { messageOf } from '#lib/errors.ts'
import { StorageUnusableError } from '../storage-unusable.ts'

const UNUSABLE: ReadonlySet<number> = new Set([301, 400, 401, 403, 404, 408, 429])

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

/** Whether it says that the service does not do its work now, and not that this one request is wrong. */
export function isUnusable(error: unknown): boolean {
  const { name, $metadata } = (error ?? {}) as Answered
  const status = $metadata?.httpStatusCode
  if (name === 'AbortError' || error instanceof TypeError || isMissing(error)) return false
  // Without a status there was no answer, or the client has no credentials.
  return status === undefined || status >= 500 || UNUSABLE.has(status)
}

/** Says why a bucket does not respond as it should, and which variable to check. */
export function explainFailure(error: unknown, bucket: string, endpoint: string | null): StorageUnusableError {
  const where = endpoint ?? 'Amazon S3'
  const status = (error as Answered | null)?.$metadata?.httpStatusCode
  const said = wordsOf(error, status)
  const words =
    status === 404
      ? `has no bucket "${bucket}": create it, or correct S3_BUCKET`
      : status === 401 || status === 403
        ? `refuses access to the bucket "${bucket}" (${said}): check S3_ACCESS_KEY_ID, S3_SECRET_ACCESS_KEY and what they permit`
        : status === 301 || status === 400
          ? `did not accept the request for the bucket "${bucket}" (${said}): check S3_REGION, S3_ENDPOINT and S3_FORCE_PATH_STYLE`
          : `cannot be used (${said}): check S3_ENDPOINT and that the service runs`
  return new StorageUnusableError(`the object storage at ${where} ${words}`)
}

/** What the service said. Answers to HEAD have no text, and the client then speaks of an unknown error. */
function wordsOf(error: unknown, status: number | undefined): string {
  const { name = '', Code = name } = (error ?? {}) as Answered
  if (status === undefined) return messageOf(error)
  const isKnown = Code !== '' && !/^Unknown/.test(Code)
  return isKnown ? `HTTP ${status}, ${Code}: ${messageOf(error).replace(/\.$/, '')}` : `HTTP ${status}`
}
