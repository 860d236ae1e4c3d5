import { Type } from '@fastify/type-provider-typebox'
import { nullable, Time } from '#http/base/schemas.ts'

/** As a client gives them. Unknown restrictions are refused: one that is silently dropped would protect nothing. */
export const GivenRestrictions = nullable(
  Type.Object(
    { hosts: Type.Optional(Type.Array(Type.String({ maxLength: 300 }), { maxItems: 100 })) },
    { additionalProperties: false },
  ),
)

/** An API token. */
export const TokenSchema = Type.Object(
  {
    id: Type.String({
      description:
        'The bearer string: 32 hexadecimal digits. Only administrators see those of administrators; others get an id that opens nothing',
    }),
    name: Type.String(),
    userId: Type.Integer({ description: 'Its creator' }),
    userEmail: Type.String({ description: 'User name of its creator' }),
    createdAt: Time,
    lastUsedAt: nullable(Time),
    restrictions: nullable(Type.Object({ hosts: Type.Array(Type.String()) })),
  },
  { title: 'ApiToken' },
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
  { title: 'ListedApiToken' },
)
