import type { Walk } from './walk.ts'

/** Logs in, and calls what manages sessions, tokens, users and accounts. Ends the session of a user of its own only. */
export async function walkAccounts(walk: Walk): Promise<void> {
  const admin = { username: 'admin', password: 'admin' }
  walk.session = (await walk.call<{ token: { id: string } }>('login', { body: admin, token: null })).token.id
  await walk.call('whoami')
  const created = { name: 'Production Token', restrictions: { hosts: ['example.com'] } }
  const { id: token } = await walk.call<{ id: string }>('createApiToken', { body: created })
  await walk.call('listApiTokens')
  await walk.call('updateApiToken', { path: { id: token }, body: { name: 'Web page' } })
  await walk.call('deleteApiToken', { path: { id: token } })

  const harbour = await walk.call<{ account: { id: number } }>('createAccount', {
    body: { name: 'Harbour', username: 'harbour@example.com', password: 'a long password' },
  })
  const accountId = harbour.account.id
  const pilot = await walk.call<{ user: { id: number } }>('createUser', {
    body: { accountId, username: 'pilot@example.com', password: 'a long password' },
  })
  const { id } = pilot.user
  await walk.call('listUsers')
  await walk.call('getUser', { query: { id } })
  await walk.call('editUser', { body: { id, username: 'pilots@example.com' } })
  await walk.call('listAccounts')
  await walk.call('getAccount', { query: { id: accountId } })
  await walk.call('editAccount', { body: { id: accountId, name: 'Harbour office' } })
  await walk.call('listAccountUsage')
  const minted = await walk.call<{ id: string }>('createAccountApiToken', { body: { userId: id, accountId, name: 'Plotter' } })
  await walk.call('listAccountApiTokens', { query: { accountId } })
  await walk.call('deleteAccountApiToken', { body: { accountId, id: minted.id } })
  await walkSessions(walk)
  await walk.call('deleteUser', { body: { id } })
  await walk.call('deleteAccount', { body: { id: accountId } })
}

async function walkSessions(walk: Walk): Promise<void> {
  const user = { username: 'pilots@example.com', password: 'a long password' }
  const logIn = async () => (await walk.call<{ token: { id: string } }>('login', { body: user, token: null })).token.id
  const [token] = [await logIn(), await logIn()]
  const sessions = await walk.call<{ id: string; current: boolean }[]>('listSessions', { token })
  await walk.call('endSession', { token, body: { id: sessions.find(({ current }) => !current)?.id } })
  const body = { password: 'a longer password', currentPassword: user.password }
  await walk.call('changePassword', { token, body })
  await walk.call('logout', { token })
}
