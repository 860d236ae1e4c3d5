import { Type } from '@fastify/type-provider-typebox'
import { AppError } from '#lib/errors.ts'

export const UploadIdParameter = Type.Object({ id: Type.String({ description: 'The number of the upload' }) })

/** The id of an upload from a path. @throws AppError UPLOAD_NOT_FOUND (404) when no upload can have it. */
export function uploadIdOf({ id }: { id: string }): number {
  if (!/^\d{1,15}$/.test(id)) throw uploadNotFound(id)
  return Number(id)
}

/** The same for a missing upload and for one of another account: guessing ids reveals nothing. */
export function uploadNotFound(id: string): AppError {
  return new AppError('UPLOAD_NOT_FOUND', `There is no upload ${id.slice(0, 40)} on your account.`)
}
