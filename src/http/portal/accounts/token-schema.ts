import { Type } from '@fastify/type-provider-typebox'
import { nullable, Time, timeWhen } from '#http/base/schemas.ts'

/** As a client gives them. Unknown restrictions are refused: one that is silently dropped would protect nothing. */
export const GivenRestrictions = nullable(
  Type.Object(
    {
      hosts: Type.Optional(
        Type.Array(Type.String({ maxLength: 300 }), {
          maxItems: 100,
          description:
            'Host names such as example.com, with a port if needed, or whole origins such as https://example.com; an empty list allows any',
        }),
      ),
    },
    {
      additionalProperties: false,
      description:
        'Limits the token to pages of these hosts, by the header Origin; a request without that header is accepted only on the Core API. Null for no limit',
    },
  ),
)

/** An API token. */
export const TokenSchema = Type.Object(
  {
    id: Type.String({
      description:
        'The bearer string: 32 hexadecimal digits. Only administrators see those of administrators; others get an id that grants no access',
    }),
    name: Type.String({ description: 'What its creator called it; several may have the same' }),
    userId: Type.Integer({ description: 'The id of the user it acts for' }),
    userEmail: Type.String({ description: 'The name of that user' }),
    createdAt: Time,
    lastUsedAt: nullable(timeWhen('the last request with it, to about a minute; null before the first')),
    restrictions: nullable(
      Type.Object(
        { hosts: Type.Array(Type.String(), { description: 'Host names or whole origins; an empty list allows any' }) },
        { description: 'Pages that may use it, by the header Origin; null when any may' },
      ),
    ),
  },
  { title: 'ApiToken', description: 'A long-lived token; it is valid until it is deleted' },
)

/** A token as the list shows it. */
export const ListedTokenSchema = Type.Object(
  {
    ...TokenSchema.properties,
    handle: Type.Optional(
      Type.String({
        description:
          'Only with view=summary: names the token in update and delete, and opens nothing. It equals `id` where the bearer string is hidden',
      }),
    ),
  },
  { title: 'ListedApiToken', description: 'An API token in a list' },
)
