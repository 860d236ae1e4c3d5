import { Type } from '@fastify/type-provider-typebox'
import { nullable, Time, text, timeWhen } from '#http/base/schemas.ts'
import { TokenSchema } from '../accounts/token-schema.ts'

export const ADMIN_URL = '/api/portal/v1/admin'
export const ADMIN_TAGS = ['Administration']

/** Every administration route: a token that is restricted to hosts manages no users, and answers with tokens are not compressed. */
export const ADMIN_CONFIG = { auth: 'admin' as const, unrestricted: true, compress: false }

/** The id of a user or an account in a query or a body. */
export const Id = Type.Integer({ minimum: 1, description: 'The id of a user or an account' })

/** As the login accepts it. */
export const Username = text({ minLength: 1, maxLength: 256, description: 'For the login; of any form' })
export const Password = Type.String({ minLength: 4, maxLength: 1024, description: 'At least 4 characters' })
export const AccountName = text({
  minLength: 1,
  maxLength: 200,
  description: 'The name of the account; several may have the same',
})

const userProperties = {
  id: Type.Integer({ description: 'The id of the user' }),
  email: Type.String({ description: 'The user name; it need not be an address' }),
  accountId: Type.Integer({ description: 'The account that the user belongs to' }),
  isAdmin: Type.Boolean({ description: 'Administrator of this server' }),
  createdAt: Time,
}

/** A user in lists and creations. */
export const AdminUserSchema = Type.Object(userProperties, { title: 'AdminUser', description: 'A user of any account' })

/** One user. */
export const AdminUserDetailSchema = Type.Object(
  { ...userProperties, modifiedAt: timeWhen('the last change of its name or password') },
  { title: 'AdminUserDetail', description: 'A user of any account, with its last change' },
)

/** An account. */
export const AccountSchema = Type.Object(
  {
    id: Type.Integer({ description: 'The id of the account' }),
    name: Type.String({ description: 'The name of the account' }),
    planInstance: nullable(Type.String({ description: 'The chart instance that the account is bound to' })),
    metadata: Type.Unsafe<Record<string, unknown>>({
      type: 'object',
      additionalProperties: true,
      description: 'Whatever its administrators keep with it',
    }),
    createdAt: Time,
  },
  { title: 'Account', description: 'Users that share uploaded charts, styles, tokens and jobs' },
)

/** An API token with its account. */
export const AdminTokenSchema = Type.Object(
  { ...TokenSchema.properties, accountId: Type.Integer({ description: 'The account of its user' }) },
  { title: 'AdminApiToken', description: 'An API token with its account' },
)
