import multipart from '@fastify/multipart'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { tooLarge as uploadTooLarge } from '#charts/uploads/receive-upload.ts'
import type { Uploads } from '#charts/uploads/uploads.ts'
import { startedByUser } from '#jobs/model/starter.ts'
import { newId } from '#lib/ids.ts'
import { principalOf } from '../auth/auth.ts'
import type { App } from '../base/app.ts'
import type { JobsService } from '../base/jobs-service.ts'
import type { DiskReserve } from './disk-reserve.ts'
import { receiveFile } from './receive-file.ts'

export interface UploadRouteOptions {
  uploads: Uploads
  disk: DiskReserve
  jobs: JobsService
}

/** Longest pause within the body of an upload, in milliseconds. */
const LONGEST_SILENCE = 120_000

/** Bytes that a form may have in addition to its file. */
const FORM_BYTES = 1_048_576

/**
 * Options of a route that takes an upload. The body limit is out of reach: `receiveFile` enforces the documented one. A length that
 * cannot fit is refused before the body is read.
 */
export function uploadRouteOptions({ uploads, disk }: UploadRouteOptions) {
  return {
    config: { auth: 'any' as const, bodySilence: LONGEST_SILENCE, work: 'upload' as const },
    bodyLimit: 2 ** 40,
    onRequest: async (request: FastifyRequest) => {
      const announced = Number(request.headers['content-length'] ?? 0)
      if (announced > uploads.limit + FORM_BYTES) throw uploadTooLarge(uploads.limit)
      await disk.requireRoom(announced)
    },
  }
}

/** Lets the routes of a scope accept multipart bodies. A body of another type reaches them as no body, which they refuse. */
export function acceptMultipart(scope: App): void {
  // A JSON parser would wait for ever for the end of an empty body, because `requestTimeout` holds the body back for the multipart parser.
  scope.removeAllContentTypeParsers()
  void scope.register(multipart)
  scope.addContentTypeParser('*', (_request, _payload, done) => done(null, undefined))
}

/**
 * Receives a file and records it, in one transaction with the job that will process it.
 *
 * @throws what `receiveFile` throws.
 */
export async function acceptUpload(request: FastifyRequest, reply: FastifyReply, { uploads, disk, jobs }: UploadRouteOptions) {
  const { user } = principalOf(request)
  const { filename, kind, blobKey, bytes } = await receiveFile(request, reply, { uploads, disk })
  const accountId = user.account.id
  const publicId = newId()
  try {
    const id = await uploads.nextId()
    const job = {
      jobType: 'user-upload',
      accountId,
      parameters: { uploadId: id, filename },
      startedBy: startedByUser(user, 'upload'),
    }
    await jobs.create(job, (trx, jobId) =>
      uploads.record(trx, {
        id,
        publicId,
        accountId,
        userId: user.userId,
        uploader: user.username,
        filename,
        fileSize: bytes,
        kind,
        blobKey,
        jobId,
      }),
    )
    return { id, publicId, filename, fileSize: bytes }
  } catch (error) {
    await uploads.discard(blobKey)
    throw error
  }
}
