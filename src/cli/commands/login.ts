import { rm } from 'node:fs/promises'
import { loadClientSettings } from '#config/client-settings.ts'
import { readLogin, writeLogin } from '../client/login-file.ts'
import { DEFAULT_URL, serverUrl } from '../client/open-client.ts'
import { createServerCall } from '../client/server-call.ts'
import { askFor, askHidden, readLine } from '../frame/ask.ts'
import type { AddCommand, CommandContext } from '../frame/command-context.ts'
import { CliError, EXIT } from '../frame/exit-codes.ts'

interface LoginOptions {
  username?: string
  passwordStdin?: boolean
  tokenStdin?: boolean
}

/** `chartroom login` and `chartroom logout` */
export const addLogin: AddCommand = (program, context) => {
  program
    .command('login [url]')
    .description('log in to a server and remember it for the other commands')
    .option('-u, --username <name>', 'the user; asked for when left out')
    .option('--password-stdin', 'read the password from standard input')
    .option('--token-stdin', 'read an API token from standard input and use it instead of a session')
    .addHelpText(
      'after',
      `
The address and the token are stored in ~/.config/chartroom/login.json, which
only you can read. CHARTROOM_URL and CHARTROOM_TOKEN take their place.

Examples:
  chartroom login
  chartroom login https://charts.example -u mate
  chartroom login --token-stdin < token.txt`,
    )
    .action(async (url: string | undefined, options: LoginOptions) => await login(context, url, options))

  program
    .command('logout')
    .description('end the session and forget it')
    .action(async () => await logout(context))
}

async function login(context: CommandContext, given: string | undefined, options: LoginOptions): Promise<void> {
  const settings = loadClientSettings(context.env)
  const url = serverUrl(given ?? settings.url ?? DEFAULT_URL)
  const token = options.tokenStdin === true ? await readLine(context) : await openSession(context, url, options)
  const user = await createServerCall(url, token).call<{ username: string }>('GET', '/api/portal/v1/auth/whoami')
  await writeLogin(settings.loginFile, { url, token, username: user.username })
  context.out.write(`Logged in to ${url} as ${user.username}. Stored in ${settings.loginFile}\n`)
}

async function openSession(context: CommandContext, url: string, options: LoginOptions): Promise<string> {
  const server = createServerCall(url, null)
  // A wrong address is reported before anyone types a password.
  await server.call('GET', '/health/live')
  const username = options.username ?? (await askFor(context, 'User name: '))
  const password = options.passwordStdin === true ? await readLine(context) : await askHidden(context, 'Password: ')
  const answer = await server
    .call<{ token: { id: string } }>('POST', '/api/portal/v1/auth/login', { body: { username, password } })
    .catch((error: unknown) => {
      if (error instanceof CliError && error.exitCode === EXIT.refused) {
        throw new CliError(EXIT.refused, `${url} refuses this user name and password.`)
      }
      throw error
    })
  return answer.token.id
}

async function logout(context: CommandContext): Promise<void> {
  const { loginFile } = loadClientSettings(context.env)
  const stored = await readLogin(loginFile)
  if (stored === null) return void context.out.write('You are not logged in.\n')
  // An API token stays valid, and a server that is away ends the session by itself later.
  const ended = await createServerCall(stored.url, stored.token)
    .call('POST', '/api/portal/v1/auth/logout')
    .then(() => true)
    .catch(() => false)
  await rm(loginFile, { force: true })
  context.out.write(`Forgot the login for ${stored.url}${ended ? ' and ended its session' : ''}.\n`)
}
