import type { Db } from '#db/database.ts'
import type { Log } from '#lib/log.ts'
import type { Principal } from '../users/user-record.ts'
import { type AccountUsage, listAccountUsage } from './account-usage.ts'
import {
  type AccountRecord,
  type AdminToken,
  type AdminUser,
  type AdminUserDetail,
  getAccount,
  getUser,
  listAccounts,
  listUsers,
} from './admin-records.ts'
import { createTokenFor, deleteAccountToken, listAccountTokens, type TokenForUser } from './admin-tokens.ts'
import { type CreatedUser, type CreationOptions, type Credentials, createAccount, createUser } from './create-user.ts'
import { acceptAccountDeletion, acceptUserDeletion, type Deletion, findDeletableAccount, findDeletableUser } from './deletions.ts'
import { type EditedUser, editAccount, editUser, type UserChanges } from './edit-user.ts'

/**
 * Users, accounts and tokens of the whole server, for administrators: the caller checks that the principal is one. The functions of the
 * same names describe the errors.
 */
export interface Administration {
  listUsers(): Promise<AdminUser[]>
  getUser(id: number): Promise<AdminUserDetail>
  createUser(user: Credentials & { accountId: number }): Promise<CreatedUser>
  editUser(caller: Principal, changes: UserChanges): Promise<EditedUser>
  findDeletableUser(id: number): Promise<{ accountId: number; username: string }>
  /** In the transaction that creates the job which deletes the user. */
  acceptUserDeletion(trx: Db, caller: Principal, id: number, jobId: string): Promise<Deletion>
  listAccounts(): Promise<AccountRecord[]>
  getAccount(id: number): Promise<AccountRecord>
  createAccount(caller: Principal, account: Credentials & { name: string }): Promise<CreatedUser & { account: AccountRecord }>
  editAccount(changes: { id: number; name: string }): Promise<AccountRecord>
  findDeletableAccount(id: number): Promise<{ name: string }>
  /** In the transaction that creates the job which deletes the account. */
  acceptAccountDeletion(trx: Db, caller: Principal, id: number, jobId: string): Promise<Deletion>
  listUsage(): Promise<AccountUsage[]>
  listTokens(caller: Principal, accountId: number): Promise<AdminToken[]>
  createToken(token: TokenForUser): Promise<AdminToken>
  deleteToken(token: { accountId: number; id: string }): Promise<void>
}

/** @param options.onChange called when sessions or rights have changed, before the caller learns of it. */
export function createAdministration(options: CreationOptions & { log: Log; onChange(): void }): Administration {
  const { db, onChange } = options
  return {
    listUsers: () => listUsers(db),
    getUser: (id) => getUser(db, id),
    createUser: (user) => createUser(options, user),
    async editUser(caller, changes) {
      const edited = await editUser(options, caller, changes)
      onChange()
      return edited
    },
    findDeletableUser: (id) => findDeletableUser(db, id),
    acceptUserDeletion,
    listAccounts: () => listAccounts(db),
    getAccount: (id) => getAccount(db, id),
    createAccount: (caller, account) => createAccount(options, caller, account),
    async editAccount(changes) {
      const edited = await editAccount(db, changes)
      onChange()
      return edited
    },
    findDeletableAccount: (id) => findDeletableAccount(db, id),
    acceptAccountDeletion,
    listUsage: () => listAccountUsage(db),
    listTokens: (caller, accountId) => listAccountTokens(options, caller, accountId),
    createToken: (token) => createTokenFor(options, token),
    async deleteToken(token) {
      await deleteAccountToken(db, token)
      onChange()
    },
  }
}
