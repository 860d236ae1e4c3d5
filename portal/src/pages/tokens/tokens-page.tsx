import { useQuery } from '@tanstack/react-query'
import { Link, useSearch } from '@tanstack/react-router'
import type { AccountToken } from '../../api/tokens-api.ts'
import { Page } from '../../app/shell/page.tsx'
import { Bones } from '../../kit/bones.tsx'
import { Empty } from '../../kit/empty.tsx'
import { ErrorNote } from '../../kit/error-note.tsx'
import { Panel } from '../../kit/panel.tsx'
import { usePortal } from '../../state/portal-context.tsx'
import { TokenList } from './token-list.tsx'
import { UseToken } from './use-token.tsx'

/** The API tokens of the account, and how to use one of them. */
export function TokensPage() {
  const { use } = useSearch({ from: '/shell/tokens' })
  const { tokens: api } = usePortal()
  const tokens = useQuery({ queryKey: ['tokens'], queryFn: ({ signal }) => api.list(signal), staleTime: 0 })
  const error = tokens.error === null ? null : <ErrorNote error={tokens.error} onRetry={() => void tokens.refetch()} />
  if (use === undefined) {
    return (
      <Page title="Tokens">
        {error}
        <TokenList tokens={tokens.data} failed={error !== null} />
      </Page>
    )
  }
  const token = tokens.data?.find(({ handle }) => handle === use)
  return (
    <Page
      title={token?.name ?? (tokens.data === undefined ? 'Token' : 'No such token')}
      parent={<Link to="/tokens">Tokens</Link>}
    >
      {error}
      {token === undefined ? (
        <NoToken known={tokens.data} failed={error !== null} />
      ) : (
        <UseToken key={token.handle} token={token} />
      )}
    </Page>
  )
}

function NoToken({ known, failed }: { known: readonly AccountToken[] | undefined; failed: boolean }) {
  if (failed) return null
  return (
    <Panel title="Token" flush>
      {known === undefined ? (
        <Bones rows={4} />
      ) : (
        <Empty action={<Link to="/tokens">See the tokens of your account</Link>}>
          There is no such token. It was revoked, the link is wrong, or it belongs to another account.
        </Empty>
      )}
    </Panel>
  )
}
