import { invalidField } from '#lib/errors.ts'
import { MAXIMUM_PASSWORD_LENGTH, MINIMUM_PASSWORD_LENGTH } from './passwords.ts'

/** @throws AppError VALIDATION_FAILED (400) for a length outside 4 to 1024 characters. */
export function checkPassword(password: string): void {
  const length = [...password].length
  if (length >= MINIMUM_PASSWORD_LENGTH && length <= MAXIMUM_PASSWORD_LENGTH) return
  throw invalidField('body', '/password', `must have ${MINIMUM_PASSWORD_LENGTH} to ${MAXIMUM_PASSWORD_LENGTH} characters`)
}
