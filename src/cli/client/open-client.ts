import { loadClientSettings } from '#config/client-settings.ts'
import type { CommandContext } from '../frame/command-context.ts'
import { CliError, EXIT } from '../frame/exit-codes.ts'
import { readLogin } from './login-file.ts'
import { createServerCall, type ServerCall } from './server-call.ts'

export const DEFAULT_URL = 'http://localhost:9909'

/**
 * The server that a command talks to: `--url`, else CHARTROOM_URL, else that of the last login, else the one on this machine. The token is
 * CHARTROOM_TOKEN, else that of the login, which is sent to its own server alone.
 *
 * @throws CliError without a token.
 */
export async function openClient({ env }: Pick<CommandContext, 'env'>, given: { url?: string }): Promise<ServerCall> {
  const settings = loadClientSettings(env)
  const login = settings.token !== null && (given.url ?? settings.url) ? null : await readLogin(settings.loginFile)
  const url = serverUrl(given.url ?? settings.url ?? login?.url ?? DEFAULT_URL)
  const token = settings.token ?? (login?.url === url ? login.token : null)
  if (token === null) {
    const other = login === null ? '' : ` (the last login is for ${login.url})`
    throw new CliError(
      EXIT.refused,
      `There is no login for ${url}${other}. Run "chartroom login ${url}", or set CHARTROOM_TOKEN to an API token.`,
    )
  }
  return createServerCall(url, token)
}

/** An address as it was typed, without a final slash. @throws CliError unless it is http or https. */
export function serverUrl(given: string): string {
  const url = URL.parse(given.includes('://') ? given : `http://${given}`)
  if (url === null || !/^https?:$/.test(url.protocol) || url.username !== '' || url.search !== '') {
    throw new CliError(
      EXIT.usage,
      `${given} is not the address of a server; it looks like http://localhost:9909 or https://charts.example/enc.`,
    )
  }
  return url.href.replace(/\/$/, '')
}
