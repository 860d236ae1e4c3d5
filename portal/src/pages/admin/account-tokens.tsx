import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { AdminToken } from '../../api/admin-api.ts'
import { Bones } from '../../kit/bones.tsx'
import { Button } from '../../kit/button.tsx'
import table from '../../kit/data-table.module.css'
import { Empty } from '../../kit/empty.tsx'
import { ErrorNote } from '../../kit/error-note.tsx'
import { LongList } from '../../kit/long-list.tsx'
import { Panel } from '../../kit/panel.tsx'
import { Age } from '../../kit/time.tsx'
import { useOfflineReason, usePortal } from '../../state/portal-context.tsx'
import { useUser } from '../../state/queries.ts'
import { counted } from '../../text/plural.ts'
import { RevokeDialog } from '../tokens/revoke-dialog.tsx'

/** The API tokens of an account by name, each of which can be revoked; only their users see the bearer strings. */
export function AccountTokens({ accountId }: { accountId: number }) {
  const { admin } = usePortal()
  const isAdmin = useUser().data?.isAdmin === true
  const [revoking, setRevoking] = useState<AdminToken | null>(null)
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
        <LongList items={data} noun="token" searched="Name, user or page" textOf={textOf} parameter="token">
          {(shown) => <TokenTable tokens={shown} onRevoke={setRevoking} />}
        </LongList>
      )}
      <RevokeDialog token={revoking} revoke={(token) => admin.revokeToken(token)} onClose={() => setRevoking(null)}>
        <p>
          Other tokens and the sessions of {revoking?.userEmail} stay, and the user can make a new token. To stop the user, set
          another password or delete the user.
        </p>
      </RevokeDialog>
    </Panel>
  )
}

function textOf({ name, userEmail, restrictions }: AdminToken): string {
  return [name, userEmail, ...(restrictions?.hosts ?? [])].join(' ')
}

function TokenTable({ tokens, onRevoke }: { tokens: readonly AdminToken[]; onRevoke(token: AdminToken): void }) {
  const offline = useOfflineReason()
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
          <th scope="col">
            <span className="visually-hidden">Actions</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {tokens.map((token) => (
          <tr key={token.id}>
            <td className={table.named}>{token.name}</td>
            <td data-label="User" className={table.named}>
              {token.userEmail}
            </td>
            <td data-label="Pages that may use it">{token.restrictions?.hosts.join(', ') || 'Any'}</td>
            <td data-label="Created">
              <Age at={token.createdAt} />
            </td>
            <td data-label="Last used" className={table.words}>
              {token.lastUsedAt === null ? 'Never' : <Age at={token.lastUsedAt} />}
            </td>
            <td>
              <div className={table.actions}>
                <Button off={offline} aria-label={`Revoke ${token.name} of ${token.userEmail}`} onClick={() => onRevoke(token)}>
                  Revoke
                </Button>
              </div>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
