import { openClient } from '../client/open-client.ts'
import type { ServerCall } from '../client/server-call.ts'
import { type ClientOptions, clientCommand } from '../frame/client-command.ts'
import type { AddCommand } from '../frame/command-context.ts'
import { CliError, EXIT } from '../frame/exit-codes.ts'
import { formatTable } from '../output/table.ts'
import { moment, widthOf, writeJson } from '../output/words.ts'

interface ClientToken {
  id: string
  name: string
  userEmail: string
  createdAt: number
  lastUsedAt: number | null
  restrictions: { hosts: string[] } | null
}

const TOKENS = '/api/portal/v1/apiTokens'
/** Digits of a token that a table shows: enough to tell tokens apart, too few to use one. */
const SHOWN = 6

/** `chartroom tokens list`, `create` and `revoke` */
export const addTokens: AddCommand = (program, context) => {
  const tokens = program.command('tokens').description('list, create and revoke API tokens of your account')

  clientCommand(tokens, 'list', 'list the tokens')
    .option('--show', 'print the tokens themselves, not only their first digits')
    .action(async (options: ClientOptions & { show?: boolean }) => {
      const list = await listTokens(await openClient(context, options))
      if (options.json === true) return writeJson(context.out, list)
      if (list.length === 0) return void context.out.write('The account has no API tokens.\n')
      const columns = [
        { title: 'token', value: ({ id }: ClientToken) => (options.show === true ? id : `${id.slice(0, SHOWN)}…`) },
        { title: 'name', value: ({ name }: ClientToken) => name, shrinks: true },
        { title: 'by', value: ({ userEmail }: ClientToken) => userEmail, shrinks: true },
        {
          title: 'created',
          value: ({ createdAt }: ClientToken) => moment(createdAt).slice(0, 10),
          short: ({ createdAt }: ClientToken) => moment(createdAt).slice(2, 10),
        },
        {
          title: 'last used',
          value: ({ lastUsedAt }: ClientToken) => moment(lastUsedAt).slice(0, 16),
          short: ({ lastUsedAt }: ClientToken) => (lastUsedAt === null ? 'never' : moment(lastUsedAt).slice(5, 16)),
        },
        // No hosts allow every page, as no restrictions do.
        { title: 'hosts', value: ({ restrictions }: ClientToken) => restrictions?.hosts.join(' ') || 'any', shrinks: true },
      ]
      context.out.write(formatTable(columns, list, widthOf(context.out)))
    })

  clientCommand(tokens, 'create <name>', 'create a token and print it')
    .option('--host <host...>', 'restrict it to pages of these hosts')
    .action(async (name: string, { host, ...options }: ClientOptions & { host?: string[] }) => {
      const server = await openClient(context, options)
      const body = { name, restrictions: host === undefined ? null : { hosts: host } }
      const token = await server.call<ClientToken>('POST', TOKENS, { body })
      if (options.json === true) writeJson(context.out, token)
      else context.out.write(`${token.id}\n`)
    })

  clientCommand(tokens, 'revoke <token>', 'delete a token: the whole token, its first digits, or its name').action(
    async (given: string, options: ClientOptions) => {
      const server = await openClient(context, options)
      const token = pick(await listTokens(server), given)
      await server.call('DELETE', `${TOKENS}/${token.id}`)
      if (options.json === true) writeJson(context.out, token)
      else context.out.write(`Revoked the token "${token.name}"\n`)
    },
  )
}

async function listTokens(server: ServerCall): Promise<ClientToken[]> {
  return await server.call('GET', TOKENS)
}

/** @throws CliError unless exactly one token has that name or begins with these digits. */
function pick(tokens: readonly ClientToken[], given: string): ClientToken {
  const digits = given.replace(/…$/, '')
  const begins = digits.length >= SHOWN ? tokens.filter(({ id }) => id.startsWith(digits)) : []
  const found = begins.length > 0 ? begins : tokens.filter(({ name }) => name === given)
  const [token] = found
  if (token === undefined) {
    throw new CliError(
      EXIT.notFound,
      `No token of the account has the name ${given} or begins with it ("chartroom tokens list").`,
    )
  }
  if (found.length > 1) throw new CliError(EXIT.usage, `${given} matches ${found.length} tokens: give the first digits of one.`)
  return token
}
