import { createJsonCall } from './json-call.ts'
import type { Requester } from './request.ts'
import type { Schemas } from './schema.ts'

export type Account = Schemas['Account']
export type AccountUsage = Schemas['AccountUsage']
export type AdminUser = Schemas['AdminUser']
export type AdminToken = Schemas['AdminApiToken']
export type CreatedAccount = Schemas['CreatedAccount']
export type CreatedUser = Schemas['CreatedUser']

/** Accounts and users of the whole server, for administrators. */
export interface AdminApi {
  /** Oldest first. */
  accounts(signal?: AbortSignal): Promise<Account[]>
  usage(signal?: AbortSignal): Promise<AccountUsage[]>
  createAccount(account: { name: string; username: string; password: string }): Promise<CreatedAccount>
  renameAccount(id: number, name: string): Promise<Account>
  /** @returns the job that deletes it. */
  deleteAccount(id: number): Promise<string>
  /** The users of every account, oldest first. */
  users(signal?: AbortSignal): Promise<AdminUser[]>
  createUser(user: { accountId: number; username: string; password: string }): Promise<CreatedUser>
  editUser(id: number, changes: { username?: string; password?: string }): Promise<void>
  /** @returns the job that deletes the user. */
  deleteUser(id: number): Promise<string>
  tokens(accountId: number, signal?: AbortSignal): Promise<AdminToken[]>
  revokeToken(token: AdminToken): Promise<void>
  /** The diagnostics of the server, ready to be saved. */
  diagnostics(): Promise<unknown>
}

const ROOT = 'api/portal/v1/admin'

/** The endpoints of the administration, one function each. */
export function createAdminApi(requester: Requester, base: string): AdminApi {
  // The server's answers have the shapes of docs/openapi.json; this is the one place that says so to the compiler.
  const call = createJsonCall(requester, base)
  const get = <T>(path: string, signal: AbortSignal | undefined, query = {}) => call<T>(`${ROOT}/${path}`, { query, signal })
  const post = <T>(path: string, body: unknown) => call<T>(`${ROOT}/${path}`, { method: 'POST', body })
  return {
    accounts: (signal) => get('getAllAccounts', signal),
    usage: (signal) => get('getAccountUsage', signal),
    createAccount: (account) => post('createAccount', account),
    renameAccount: (id, name) => post('editAccount', { id, name }),
    deleteAccount: async (id) => (await post<{ jobId: string }>('deleteAccount', { id })).jobId,
    users: (signal) => get('getAllUsers', signal),
    createUser: (user) => post('createUser', user),
    editUser: (id, changes) => post('editUser', { id, ...changes }),
    deleteUser: async (id) => (await post<{ jobId: string }>('deleteUser', { id })).jobId,
    tokens: (accountId, signal) => get('getApiTokens', signal, { accountId }),
    revokeToken: ({ accountId, id }) => post('deleteApiToken', { accountId, id }),
    diagnostics: () => call('api/portal/v1/instance/diagnostics'),
  }
}
