import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import type { AccountToken } from '../../api/tokens-api.ts'
import { Bones } from '../../kit/bones.tsx'
import { Button } from '../../kit/button.tsx'
import { CopyButton } from '../../kit/copy-button.tsx'
import { ErrorNote } from '../../kit/error-note.tsx'
import { Facts } from '../../kit/facts.tsx'
import { Note } from '../../kit/note.tsx'
import { Panel } from '../../kit/panel.tsx'
import { Age } from '../../kit/time.tsx'
import { useOfflineReason, usePortal } from '../../state/portal-context.tsx'
import { useUser } from '../../state/queries.ts'
import { hiddenReason } from '../../text/tokens-en.ts'
import { RevokeDialog } from './revoke-dialog.tsx'
import { SnippetPanel } from './snippet-panel.tsx'
import { startPlace } from './start-place.ts'
import { bearerOf } from './token-bearer.ts'
import { TokenDialog } from './token-dialog.tsx'
import classes from './tokens.module.css'
import { TryPanel } from './try-panel.tsx'

/** One token: its bearer string, a trial, and what to paste into other programs. */
export function UseToken({ token }: { token: AccountToken }) {
  const { tokens: api, base } = usePortal()
  const queries = useQueryClient()
  const bearer = bearerOf(token)
  const start = useQuery({
    queryKey: ['token-start'],
    queryFn: async ({ signal }) => {
      const [chart, attribution] = await Promise.all([api.finestChart(signal), api.attribution(signal)])
      return { place: startPlace(chart), attribution, hasCharts: chart !== null }
    },
  })
  return (
    <>
      <TokenPanel token={token} />
      {bearer === null ? null : start.data === undefined ? (
        <Panel title="Use it">
          {start.error === null ? <Bones rows={4} /> : <ErrorNote error={start.error} onRetry={() => void start.refetch()} />}
        </Panel>
      ) : (
        <>
          {start.data.hasCharts ? null : (
            <Note icon="charts">The server has no charts yet, so the snippets begin with the whole world.</Note>
          )}
          <SnippetPanel settings={{ base, bearer, ...start.data }} hosts={token.restrictions?.hosts ?? []} />
          <TryPanel
            settings={{ base, bearer, place: start.data.place }}
            onTried={() => void queries.invalidateQueries({ queryKey: ['tokens'] })}
          />
        </>
      )}
    </>
  )
}

function TokenPanel({ token }: { token: AccountToken }) {
  const { tokens } = usePortal()
  const navigate = useNavigate()
  const offline = useOfflineReason()
  const { data: user } = useUser()
  const [changing, setChanging] = useState(false)
  const [revoking, setRevoking] = useState(false)
  const bearer = bearerOf(token)
  const hosts = token.restrictions?.hosts ?? []
  return (
    <Panel
      title="Token"
      actions={
        <>
          <Button off={offline} onClick={() => setChanging(true)}>
            Change
          </Button>
          <Button kind="danger" off={offline} onClick={() => setRevoking(true)}>
            Revoke
          </Button>
        </>
      }
    >
      {bearer === null ? (
        <p className={classes.muted}>{hiddenReason(user?.isAdmin === true || user?.userId === token.userId)}</p>
      ) : (
        <div className={classes.bearer}>
          <code className={classes.code}>{bearer}</code>
          <CopyButton text={() => bearer}>Copy</CopyButton>
        </div>
      )}
      <Facts>
        <div>
          <dt>Hosts</dt>
          <dd>{hosts.length === 0 ? 'Any page' : hosts.join(', ')}</dd>
        </div>
        <div>
          <dt>Owner</dt>
          <dd>{token.userEmail}</dd>
        </div>
        <div>
          <dt>Made</dt>
          <dd>
            <Age at={token.createdAt} />
          </dd>
        </div>
        <div>
          <dt>Last used</dt>
          <dd>{token.lastUsedAt === null ? 'Never' : <Age at={token.lastUsedAt} />}</dd>
        </div>
      </Facts>
      <TokenDialog open={changing} token={token} onClose={() => setChanging(false)} />
      <RevokeDialog
        token={revoking ? token : null}
        revoke={({ handle }) => tokens.revoke(handle)}
        onClose={() => setRevoking(false)}
        onDone={() => void navigate({ to: '/tokens', search: {}, replace: true })}
      />
    </Panel>
  )
}
