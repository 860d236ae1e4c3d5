import {
  AbortMultipartUploadCommand,
  ListMultipartUploadsCommand,
  ListObjectsV2Command,
  type MultipartUpload,
  type S3Client,
} from '@aws-sdk/client-s3'
import type { BlobInfo } from '../blob-store.ts'
import { isMissing } from './s3-errors.ts'

/** Lists the objects whose name starts with the prefix, a page at a time. */
export async function* listObjects(client: S3Client, Bucket: string, Prefix: string, pageSize: number): AsyncIterable<BlobInfo> {
  let ContinuationToken: string | undefined
  do {
    const page = await client.send(new ListObjectsV2Command({ Bucket, Prefix, MaxKeys: pageSize, ContinuationToken }))
    for (const { Key, Size, LastModified } of page.Contents ?? [])
      if (Key !== undefined) yield { key: Key, bytes: Size ?? 0, modified: LastModified?.getTime() ?? 0 }
    ContinuationToken = page.IsTruncated ? page.NextContinuationToken : undefined
  } while (ContinuationToken !== undefined)
}

/** Ends the uploads in parts that began before this time and were never completed. @returns how many. */
export async function abortHalfUploads(client: S3Client, Bucket: string, Prefix: string, before: number): Promise<number> {
  let aborted = 0
  for await (const { Key, UploadId, Initiated } of listUploads(client, Bucket, Prefix)) {
    if (Initiated === undefined || Initiated.getTime() >= before) continue
    try {
      await client.send(new AbortMultipartUploadCommand({ Bucket, Key, UploadId }))
      aborted++
    } catch (error) {
      // Completed or aborted meanwhile.
      if (!isMissing(error)) throw error
    }
  }
  return aborted
}

async function* listUploads(client: S3Client, Bucket: string, Prefix: string): AsyncIterable<MultipartUpload> {
  let KeyMarker: string | undefined
  let UploadIdMarker: string | undefined
  let more = true
  while (more) {
    const page = await client.send(new ListMultipartUploadsCommand({ Bucket, Prefix, KeyMarker, UploadIdMarker }))
    yield* page.Uploads ?? []
    KeyMarker = page.NextKeyMarker
    UploadIdMarker = page.NextUploadIdMarker
    more = page.IsTruncated === true && KeyMarker !== undefined
  }
}
