import { Type } from '@fastify/type-provider-typebox'

/** The user as login and whoami show it. */
export const UserSchema = Type.Object(
  {
    userId: Type.Integer({ description: 'The id of the user' }),
    username: Type.String({ description: 'As for the login; it need not be an address' }),
    isAdmin: Type.Boolean({ description: 'Administrator of this server' }),
    isAccountOwner: Type.Boolean({ description: 'Owner of the account' }),
    account: Type.Object(
      {
        id: Type.Integer({ description: 'The id of the account' }),
        name: Type.String({ description: 'The name of the account' }),
      },
      { description: 'The account that the user belongs to, and whose charts and styles it sees' },
    ),
  },
  { title: 'User', description: 'The user behind a token' },
)
