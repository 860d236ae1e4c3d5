import { Type } from '@fastify/type-provider-typebox'

/** The user as login and whoami show it. */
export const UserSchema = Type.Object(
  {
    userId: Type.Integer(),
    username: Type.String(),
    isAdmin: Type.Boolean({ description: 'Administrator of this server' }),
    isAccountOwner: Type.Boolean({ description: 'Owner of the account' }),
    account: Type.Object({ id: Type.Integer(), name: Type.String() }),
  },
  { title: 'User' },
)
