import { type Static, type TSchema, Type } from '@fastify/type-provider-typebox'
import { TEXT_PATTERNS } from './text-patterns.ts'

// Schemas shared by several routes.

/** A time: milliseconds since the Unix epoch. */
export const Time = Type.Integer({ description: 'Milliseconds since the Unix epoch' })

/** A time that needs its own description. @param what continues a sentence: when it was, and what null means. */
export function timeWhen(what: string) {
  return Type.Integer({ description: `Milliseconds since the Unix epoch: ${what}` })
}

/** A value or null. Written as a type list, which the serializer handles without trying alternatives. */
export function nullable<T extends TSchema & { type: string }>(schema: T) {
  return Type.Unsafe<Static<T> | null>({ ...schema, type: [schema.type, 'null'] })
}

/** A text that PostgreSQL can hold: without the character NUL. */
export function text(options: { minLength?: number; maxLength: number; description?: string }) {
  return Type.String({ ...options, pattern: TEXT_PATTERNS.withoutNul })
}

/** The query of routes that accept the token in the URL (auth kind `core`). */
export const TokenQuery = Type.Object({
  token: Type.Optional(Type.String({ description: 'The API token, for clients that cannot set headers' })),
})

export const ProblemSchema = Type.Object(
  {
    type: Type.String({ description: 'Always about:blank; the code distinguishes errors' }),
    title: Type.String({ description: 'The words of the HTTP status' }),
    status: Type.Integer({ description: 'The HTTP status' }),
    detail: Type.String({ description: 'What was wrong and what is accepted, for people' }),
    code: Type.String({ description: 'Stable name of the error; docs/errors.md lists them' }),
    errors: Type.Optional(
      Type.Array(
        Type.Object(
          {
            field: Type.String({ description: 'JSON pointer into the body, or name of a parameter' }),
            message: Type.String({ description: 'What is wrong with it and what is accepted' }),
          },
          { title: 'FieldError', description: 'One part of a request that is not valid' },
        ),
        { description: 'Every part of the request that is not valid' },
      ),
    ),
    jobId: Type.Optional(Type.String({ description: 'With JOB_TYPE_ACTIVE: the job that is pending or running' })),
  },
  { $id: 'Problem', title: 'Problem', description: 'A problem document (RFC 9457)' },
)

/** What each error status means, for descriptions. */
export const PROBLEM_MEANINGS: ReadonlyMap<number, string> = new Map([
  [400, 'The request is not valid'],
  [401, 'The token is missing or not valid'],
  [403, 'The caller may not do this'],
  [404, "Not found in the caller's account"],
  [409, 'Conflicts with the present state'],
  [410, 'It is gone for good'],
  [412, 'If-Match does not match: it has been changed in the meantime'],
  [413, 'The body is too large'],
  [415, 'The body is not JSON'],
  [416, 'The range is beyond the content'],
  [429, 'Too many requests; Retry-After says when to try again'],
  [503, 'The database is unreachable or too slow'],
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
export const Empty = Type.Null({ description: 'Done; the response is empty' })
