import { stat } from 'node:fs/promises'
import type { Log } from '#lib/log.ts'
import { EmbeddedPostgresError } from './embedded-postgres-error.ts'
import { type Account, runProgram } from './run-program.ts'

const OWN_ACCOUNT = 'chartroom'
const EXISTING_ACCOUNTS = [OWN_ACCOUNT, 'postgres']
const WAYS_OUT = 'name an unprivileged account in POSTGRES_RUN_AS, or start Chartroom as a normal user'

export interface AccountOptions {
  /** The name in POSTGRES_RUN_AS, or null. */
  runAs: string | null
  /** The cluster's data folder, whether it exists or not. */
  data: string
  log: Log
}

/**
 * Chooses the account that runs PostgreSQL, which refuses to run as root. A normal user runs it as itself (null). Root uses the first
 * of: the named account, the owner of the existing data, an existing account `chartroom` or `postgres`, a new system account
 * `chartroom`. Never `nobody`, because other services of that account could read the data.
 *
 * @throws EmbeddedPostgresError when no account can be used.
 */
export async function chooseAccount({ runAs, data, log }: AccountOptions): Promise<Account | null> {
  if (process.getuid?.() !== 0) return null
  const owner = await stat(data).catch(() => null)
  if (runAs !== null) {
    const named = await findAccount(runAs)
    if (named === null) throw new EmbeddedPostgresError(`POSTGRES_RUN_AS is "${runAs}", but this machine has no such account`)
    if (named.uid === 0)
      throw new EmbeddedPostgresError(`POSTGRES_RUN_AS is "${runAs}", which is root; PostgreSQL refuses to run as root`)
    if (owner !== null && owner.uid !== named.uid) {
      throw new EmbeddedPostgresError(
        `POSTGRES_RUN_AS is "${runAs}", but the data in ${data} belongs to account number ${owner.uid}: with no Chartroom running, give it to ${runAs} (chown -R), or leave POSTGRES_RUN_AS unset`,
      )
    }
    return named
  }
  if (owner !== null) {
    if (owner.uid === 0)
      throw new EmbeddedPostgresError(
        `${data} belongs to root, and PostgreSQL refuses to run as root: give it to an unprivileged account (chown -R)`,
      )
    return { uid: owner.uid, gid: owner.gid }
  }
  for (const name of EXISTING_ACCOUNTS) {
    const found = await findAccount(name)
    if (found !== null && found.uid !== 0) return found
  }
  return makeAccount(log)
}

async function findAccount(name: string): Promise<Account | null> {
  const [uid, gid] = await Promise.all(['-u', '-g'].map((which) => runProgram('id', [which, '--', name], { account: null })))
  if (uid?.code !== 0 || gid?.code !== 0) return null
  return { uid: Number(uid.stdout), gid: Number(gid.stdout) }
}

async function makeAccount(log: Log): Promise<Account> {
  const ways: [program: string, ...args: string[]][] = [
    [
      'useradd',
      '--system',
      '--user-group',
      '--no-create-home',
      '--home-dir',
      '/nonexistent',
      '--shell',
      '/usr/sbin/nologin',
      OWN_ACCOUNT,
    ],
    ['adduser', '-S', '-D', '-H', OWN_ACCOUNT],
  ]
  const reasons: string[] = []
  for (const [program, ...args] of process.platform === 'linux' ? ways : []) {
    const made = await runProgram(program, args, { account: null })
    const account = made.code === 0 ? await findAccount(OWN_ACCOUNT) : null
    if (account !== null) {
      log.info(`created the system account "${OWN_ACCOUNT}" to run PostgreSQL, which refuses to run as root`)
      return account
    }
    reasons.push(`${program}: ${made.stderr}`)
  }
  throw new EmbeddedPostgresError(
    `Chartroom was started as root, PostgreSQL refuses to run as root, and no account for it could be created${reasons.length > 0 ? ` (${reasons.join('; ')})` : ''}: ${WAYS_OUT}`,
  )
}
