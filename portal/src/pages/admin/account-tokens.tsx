import { useQuery } from '@tanstack/react-query'
import type { AdminToken } from '../../api/admin-api.ts'
import { Bones } from '../../kit/bones.tsx'
import table from '../../kit/data-table.module.css'
import { Empty } from '../../kit/empty.tsx'
import { ErrorNote } from '../../kit/error-note.tsx'
import { Panel } from '../../kit/panel.tsx'
import { Age } from '../../kit/time.tsx'
import { usePortal } from '../../state/portal-context.tsx'
import { useUser } from '../../state/queries.ts'
import { counted } from '../../text/plural.ts'

/** The API tokens of an account by name; what they open with stays with their users. */
export function AccountTokens({ accountId }: { accountId: number }) {
  const { admin } = usePortal()
  const isAdmin = useUser().data?.isAdmin === true
  const { data, error, refetch } = useQuery({
    queryKey: ['account-tokens', accountId],
    queryFn: ({ signal }) => admin.tokens(accountId, signal),
    enabled: isAdmin,
    staleTime: 0,
  })
  return (
    <Panel title="API tokens" note={data === undefined ? undefined : counted(data.length, 'token')} flush>
      {error === null ? null : <ErrorNote error={error} onRetry={() => void refetch()} />}
      {data === undefined ? (
        error === null ? (
          <Bones rows={2} />
        ) : null
      ) : data.length === 0 ? (
        <Empty>The account has no API token. Its users make their own.</Empty>
      ) : (
        <TokenTable tokens={data} />
      )}
    </Panel>
  )
}

function TokenTable({ tokens }: { tokens: readonly AdminToken[] }) {
  return (
    <table className={table.table}>
      <caption className="visually-hidden">API tokens of the account, the newest first</caption>
      <thead>
        <tr>
          <th scope="col">Token</th>
          <th scope="col">User</th>
          <th scope="col">Pages that may use it</th>
          <th scope="col">Created</th>
          <th scope="col">Last used</th>
        </tr>
      </thead>
      <tbody>
        {tokens.map((token) => (
          <tr key={token.id}>
            <td>{token.name}</td>
            <td data-label="User">{token.userEmail}</td>
            <td data-label="Pages that may use it">{token.restrictions?.hosts.join(', ') || 'Any'}</td>
            <td data-label="Created">
              <Age at={token.createdAt} />
            </td>
            <td data-label="Last used">{token.lastUsedAt === null ? 'Never' : <Age at={token.lastUsedAt} />}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
