import { invalidField } from '#lib/errors.ts'

/** As JSON, in UTF-8. */
const MOST_BYTES = 16_384
const DEEPEST = 32

/**
 * Checks the free properties of a report.
 *
 * @throws AppError VALIDATION_FAILED (400) when they are larger or nested deeper than accepted.
 */
export function checkProperties(properties: Record<string, unknown>): void {
  // Checked first, because writing deeply nested values as JSON would exhaust the stack.
  if (isDeeper(properties, DEEPEST)) throw invalidField('body', '/properties', `must be nested at most ${DEEPEST} levels deep`)
  if (Buffer.byteLength(JSON.stringify(properties)) > MOST_BYTES) {
    throw invalidField('body', '/properties', `must have at most ${MOST_BYTES} bytes as JSON`)
  }
}

function isDeeper(value: object, levels: number): boolean {
  let open: object[] = [value]
  for (let level = 0; open.length > 0; level++) {
    if (level >= levels) return true
    open = open.flatMap((each) => Object.values(each).filter((inner) => typeof inner === 'object' && inner !== null))
  }
  return false
}
