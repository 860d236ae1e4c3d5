import type { App } from '#http/base/app.ts'
import { createAccountRoute } from './create-account.ts'
import { createTokenRoute } from './create-token.ts'
import { createUserRoute } from './create-user.ts'
import { type DeleteAccountOptions, deleteAccountRoute } from './delete-account.ts'
import { deleteTokenRoute } from './delete-token.ts'
import { deleteUserRoute } from './delete-user.ts'
import { editAccountRoute } from './edit-account.ts'
import { editUserRoute } from './edit-user.ts'
import { getAccountRoute } from './get-account.ts'
import { getUserRoute } from './get-user.ts'
import { listAccountTokensRoute } from './list-account-tokens.ts'
import { listAccountUsageRoute } from './list-account-usage.ts'
import { listAccountsRoute } from './list-accounts.ts'
import { listUsersRoute } from './list-users.ts'

/** Administration of users, accounts and tokens across accounts. */
export function adminRoutes(app: App, options: DeleteAccountOptions): void {
  listUsersRoute(app, options)
  getUserRoute(app, options)
  createUserRoute(app, options)
  editUserRoute(app, options)
  deleteUserRoute(app, options)
  listAccountsRoute(app, options)
  getAccountRoute(app, options)
  createAccountRoute(app, options)
  editAccountRoute(app, options)
  deleteAccountRoute(app, options)
  listAccountUsageRoute(app, options)
  listAccountTokensRoute(app, options)
  createTokenRoute(app, options)
  deleteTokenRoute(app, options)
}
