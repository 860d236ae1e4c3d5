import { type Static, type TSchema, Type } from '@fastify/type-provider-typebox'

// Shapes that several routes share.

/** A time: milliseconds since the Unix epoch. */
export const Time = Type.Integer({ description: 'Milliseconds since the Unix epoch' })

/** A value or null. Written as a type list, which the serializer handles without trying alternatives. */
export function nullable<T extends TSchema & { type: string }>(schema: T) {
  return Type.Unsafe<Static<T> | null>({ ...schema, type: [schema.type, 'null'] })
}

/** A text that PostgreSQL can hold: without the character NUL. */
export function text(options: { minLength?: number; maxLength: number; description?: string }) {
  return Type.String({ ...options, pattern: '^[^\\u0000]*$' })
}

export const ProblemSchema = Type.Object(
  {
    type: Type.String(),
    title: Type.String(),
    status: Type.Integer(),
    detail: Type.String({ description: 'What was wrong and what is accepted, for a person' }),
    code: Type.String({ description: 'Stable name of the error, listed in docs/errors.md' }),
    errors: Type.Optional(
      Type.Array(
        Type.Object({
          field: Type.String({ description: 'JSON pointer into the body, or name of a parameter' }),
          message: Type.String(),
        }),
      ),
    ),
  },
  { $id: 'Problem', title: 'Problem', description: 'A problem document (RFC 9457)' },
)

const PROBLEM_MEANINGS = new Map([
  [400, 'The request is not valid'],
  [401, 'The token is missing or not valid'],
  [403, 'The caller may not do this'],
  [404, 'There is no such thing on the account of the caller'],
  [409, 'It conflicts with what is there'],
  [429, 'Too many; Retry-After says when to try again'],
  [503, 'The database cannot be reached or takes too long'],
  [507, 'The disk of the server is full'],
])

/** Error answers of a route, for its description. */
export function problems(...statuses: number[]): Record<number, unknown> {
  return Object.fromEntries(
    statuses.map((status) => [
      status,
      {
        description: PROBLEM_MEANINGS.get(status) ?? 'Error',
        content: { 'application/problem+json': { schema: Type.Ref('Problem#') } },
      },
    ]),
  )
}

/** An empty answer. */
export const Empty = Type.Null({ description: 'Done; the answer is empty' })
