import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import type { AccountToken } from '../../api/tokens-api.ts'
import { Bones } from '../../kit/bones.tsx'
import { Button } from '../../kit/button.tsx'
import table from '../../kit/data-table.module.css'
import { Empty } from '../../kit/empty.tsx'
import { useKeys } from '../../kit/keys.tsx'
import { LongList } from '../../kit/long-list.tsx'
import { Panel } from '../../kit/panel.tsx'
import { useOfflineReason, usePortal } from '../../state/portal-context.tsx'
import { counted } from '../../text/plural.ts'
import { RevokeDialog } from './revoke-dialog.tsx'
import { TokenDialog } from './token-dialog.tsx'
import { TokenRow } from './token-row.tsx'
import classes from './tokens.module.css'

/** The tokens of the account, newest first, with what can be done to each. */
export function TokenList({ tokens, failed }: { tokens: readonly AccountToken[] | undefined; failed: boolean }) {
  const { tokens: api } = usePortal()
  const navigate = useNavigate()
  const offline = useOfflineReason()
  const [making, setMaking] = useState(false)
  const [revoking, setRevoking] = useState<AccountToken | null>(null)
  useKeys('Tokens', [
    {
      keys: ['n'],
      does: 'Make a token',
      run: () => {
        setMaking(true)
        return true
      },
    },
  ])
  const make = (
    <Button kind="solid" icon="plus" off={offline} onClick={() => setMaking(true)}>
      Make a token
    </Button>
  )
  const isEmpty = tokens?.length === 0
  // A button that moves while the list loads loses the focus of the keyboard.
  const isKnown = tokens !== undefined || failed
  return (
    <>
      <Panel
        title="API tokens"
        note={tokens === undefined ? undefined : counted(tokens.length, 'token')}
        actions={isKnown && !isEmpty ? make : undefined}
        flush
      >
        {tokens === undefined ? (
          failed ? null : (
            <Bones rows={4} />
          )
        ) : isEmpty ? (
          <Empty action={make}>
            With a token a map, a plotter or a script uses the charts of this server without signing in.
          </Empty>
        ) : (
          <LongList items={tokens} noun="token" searched="Name, owner or host" textOf={textOf} parameter="q">
            {(shown) => (
              <table className={`${table.base} ${classes.table}`}>
                <caption className="visually-hidden">API tokens of your account, newest first</caption>
                <thead>
                  <tr>
                    <th scope="col">Name</th>
                    <th scope="col" className={classes.wide}>
                      Token
                    </th>
                    <th scope="col">Hosts</th>
                    <th scope="col" className={`${classes.narrow} ${classes.owner}`}>
                      Owner
                    </th>
                    <th scope="col" className={`${classes.narrow} ${classes.made}`}>
                      Made
                    </th>
                    <th scope="col" className={`${classes.narrow} ${classes.used}`}>
                      Last used
                    </th>
                    <th scope="col" className={classes.buttons}>
                      <span className="visually-hidden">Actions</span>
                    </th>
                  </tr>
                </thead>
                <tbody>
                  {shown.map((token) => (
                    <TokenRow key={token.handle} token={token} onRevoke={setRevoking} />
                  ))}
                </tbody>
              </table>
            )}
          </LongList>
        )}
      </Panel>
      <p className={classes.muted}>
        A token may do what its owner may. Give each program a token of its own, so that one can be revoked without the others.
      </p>
      <TokenDialog
        open={making}
        token={null}
        onClose={() => setMaking(false)}
        onDone={(handle) => void navigate({ to: '/tokens', search: { use: handle } })}
      />
      <RevokeDialog token={revoking} revoke={({ handle }) => api.revoke(handle)} onClose={() => setRevoking(null)} />
    </>
  )
}

function textOf({ name, userEmail, restrictions }: AccountToken): string {
  return [name, userEmail, ...(restrictions?.hosts ?? [])].join(' ')
}
