import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { AccountToken } from '../../api/tokens-api.ts'
import { Button } from '../../kit/button.tsx'
import { CopyButton } from '../../kit/copy-button.tsx'
import { Age } from '../../kit/time.tsx'
import { useOfflineReason } from '../../state/portal-context.tsx'
import { useUser } from '../../state/queries.ts'
import { hiddenReason } from '../../text/tokens-en.ts'
import { bearerOf, maskedText, type TokenBearer } from './token-bearer.ts'
import classes from './tokens.module.css'

interface TokenRowProps {
  token: AccountToken
  onRevoke(token: AccountToken): void
}

export function TokenRow({ token, onRevoke }: TokenRowProps) {
  const offline = useOfflineReason()
  const bearer = bearerOf(token)
  const hosts = token.restrictions?.hosts ?? []
  return (
    <tr>
      <td className={classes.name}>
        {bearer === null ? (
          token.name
        ) : (
          <Link to="/tokens" search={{ use: token.handle }}>
            {token.name}
          </Link>
        )}
        <dl className={classes.below}>
          <div className={classes.ownerBelow}>
            <dt>Owner</dt>
            <dd>{token.userEmail}</dd>
          </div>
          <div>
            <dt>Made</dt>
            <dd>
              <Age at={token.createdAt} />
            </dd>
          </div>
          <div className={classes.usedBelow}>
            <dt>Last used</dt>
            <dd>{token.lastUsedAt === null ? 'Never' : <Age at={token.lastUsedAt} />}</dd>
          </div>
        </dl>
      </td>
      <td className={classes.secret}>
        {bearer === null ? <Hidden token={token} /> : <Secret bearer={bearer} of={token.name} />}
      </td>
      <td className={classes.hosts}>
        {hosts.length === 0 ? <span className={classes.muted}>Any page</span> : <HostList hosts={hosts} />}
      </td>
      <td className={classes.owner}>
        <span className={classes.label}>Owner </span>
        {token.userEmail}
      </td>
      <td className={classes.made}>
        <span className={classes.label}>Made </span>
        <Age at={token.createdAt} />
      </td>
      <td className={classes.used}>
        <span className={classes.label}>Last used </span>
        {token.lastUsedAt === null ? <span className={classes.muted}>Never</span> : <Age at={token.lastUsedAt} />}
      </td>
      <td className={classes.actions}>
        <div className={classes.change}>
          <Button kind="danger" off={offline} aria-label={`Revoke ${token.name}`} onClick={() => onRevoke(token)}>
            Revoke
          </Button>
        </div>
      </td>
    </tr>
  )
}

function HostList({ hosts }: { hosts: readonly string[] }) {
  return (
    <ul>
      {hosts.map((host) => (
        <li key={host}>{host}</li>
      ))}
    </ul>
  )
}

/** A token that is shown only on request, because someone may be looking over the user's shoulder. */
function Secret({ bearer, of }: { bearer: TokenBearer; of: string }) {
  const [shown, setShown] = useState(false)
  return (
    <span className={classes.held}>
      <code className={classes.code}>{shown ? bearer : maskedText(bearer)}</code>
      <Button kind="quiet" aria-label={`${shown ? 'Hide' : 'Reveal'} ${of}`} onClick={() => setShown(!shown)}>
        {shown ? 'Hide' : 'Reveal'}
      </Button>
      <CopyButton kind="quiet" label={`Copy ${of}`} text={() => bearer} />
    </span>
  )
}

function Hidden({ token }: { token: AccountToken }) {
  const { data: user } = useUser()
  return <span className={classes.muted}>{hiddenReason(user?.isAdmin === true || user?.userId === token.userId)}</span>
}
