import { invalidField } from '#lib/errors.ts'
import { UUID_PATTERN } from '#lib/ids.ts'
import type { JobPosition } from './list-jobs.ts'

/** A job's position in the list as an opaque text, safe in a URL. */
export function writeCursor(position: JobPosition): string {
  return Buffer.from(`${position.createdAt}.${position.id}`).toString('base64url')
}

/**
 * Reads what `writeCursor` wrote. The empty text asks for the first page.
 *
 * @throws AppError CURSOR_INVALID (400).
 */
export function readCursor(text: string): JobPosition | undefined {
  if (text === '') return undefined
  const [createdAt = '', id = ''] = Buffer.from(text, 'base64url').toString('latin1').split('.')
  const time = Number(createdAt)
  if (
    !/^\d{1,16}$/.test(createdAt) ||
    !Number.isSafeInteger(time) ||
    time > 8.64e15 ||
    !UUID_PATTERN.test(id) ||
    text !== writeCursor({ createdAt: time, id })
  ) {
    throw invalidField('query', 'cursor', 'must be empty or a pagination.nextCursor of this server', { code: 'CURSOR_INVALID' })
  }
  return { createdAt: time, id }
}
