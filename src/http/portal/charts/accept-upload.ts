import multipart from '@fastify/multipart'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Uploads } from '#charts/uploads/uploads.ts'
import { newId } from '#lib/ids.ts'
import type { App } from '../../app.ts'
import { principalOf } from '../../plugins/auth.ts'
import type { JobsService } from '../../server-options.ts'
import { receiveFile } from './receive-file.ts'

export interface UploadRouteOptions {
  uploads: Uploads
  jobs: JobsService
}

/** Longest pause within the body of an upload, in milliseconds. */
const LONGEST_SILENCE = 120_000

/** Options of a route that takes an upload. The body limit is out of reach: `receiveFile` enforces the documented one. */
export const acceptUploads = { config: { auth: 'any' as const, bodySilence: LONGEST_SILENCE }, bodyLimit: 2 ** 40 }

/** Lets the routes of a scope take multipart bodies. Any other body reaches them as none, for them to refuse. */
export function acceptMultipart(scope: App): void {
  void scope.register(multipart)
  scope.addContentTypeParser('*', (_request, _payload, done) => done(null, undefined))
}

/**
 * Receives a file and records it, in one transaction with the job that will process it.
 *
 * @throws what `receiveFile` throws.
 */
export async function acceptUpload(request: FastifyRequest, reply: FastifyReply, { uploads, jobs }: UploadRouteOptions) {
  const { user } = principalOf(request)
  const { filename, kind, blobKey, bytes } = await receiveFile(request, reply, uploads)
  const accountId = user.account.id
  const publicId = newId()
  try {
    const id = await uploads.nextId()
    const job = { jobType: 'user-upload', accountId, parameters: { uploadId: id, filename } }
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
