/** The patterns of texts in request schemas. */
export const TEXT_PATTERNS = {
  /** What PostgreSQL can hold. */
  withoutNul: '^[^\\u0000]*$',
  uuid4: '^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-4[0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}$',
  jobType: '^[a-z0-9-]+$',
} as const

/** What a text must be to match each pattern, as an error says it after the name of the field. */
export const PATTERN_SENTENCES: ReadonlyMap<string, string> = new Map([
  [TEXT_PATTERNS.withoutNul, 'must not hold the character NUL'],
  [TEXT_PATTERNS.uuid4, 'must be a UUID of version 4'],
  [TEXT_PATTERNS.jobType, 'must have only lower-case letters, digits and hyphens'],
])
