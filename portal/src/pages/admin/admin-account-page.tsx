import { Link, useParams } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import type { Account, AccountUsage } from '../../api/admin-api.ts'
import { Bones } from '../../kit/bones.tsx'
import { Button } from '../../kit/button.tsx'
import { Empty } from '../../kit/empty.tsx'
import { ErrorNote } from '../../kit/error-note.tsx'
import { Facts } from '../../kit/facts.tsx'
import { Panel } from '../../kit/panel.tsx'
import { DateTime } from '../../kit/time.tsx'
import { useOfflineReason } from '../../state/portal-context.tsx'
import { useUser } from '../../state/queries.ts'
import { OWN_ACCOUNT_GUARD } from '../../text/admin-en.ts'
import { integer } from '../../text/plural.ts'
import { bytes } from '../../text/sizes.ts'
import { AccountTokens } from './account-tokens.tsx'
import { AdminFrame } from './admin-frame.tsx'
import { DeleteAccount } from './delete-account.tsx'
import { RenameAccount } from './rename-account.tsx'
import { useAccounts, useAccountUsage, useReadAccountsAgain, useUsers } from './use-accounts.ts'
import { UsersPanel } from './users-panel.tsx'

/** One account: what it has, its users and its tokens. */
export function AdminAccountPage() {
  const id = Number(useParams({ from: '/shell/admin/accounts/$id' }).id)
  const accounts = useAccounts()
  const usage = useAccountUsage()
  const users = useUsers()
  const [deletion, setDeletion] = useState<{ name: string; jobId: string } | null>(null)
  const account = accounts.data?.find((each) => each.id === id)
  const error = accounts.error ?? usage.error ?? users.error
  const retry = () => void Promise.all([accounts.refetch(), usage.refetch(), users.refetch()])
  const title = deletion?.name ?? account?.name ?? (accounts.data === undefined ? 'Account' : 'No such account')
  return (
    <AdminFrame title={title} parent={<Link to="/admin/accounts">Accounts</Link>}>
      {error === null ? null : <ErrorNote error={error} onRetry={retry} />}
      {deletion === null ? null : <Deleted {...deletion} />}
      {deletion !== null ? null : accounts.data === undefined ? (
        error === null ? (
          <Bones rows={6} />
        ) : null
      ) : account === undefined ? (
        <Panel title="No such account">
          <Empty action={<Link to="/admin/accounts">Go to Accounts</Link>}>
            There is no such account. It was deleted, or the link is wrong.
          </Empty>
        </Panel>
      ) : (
        <>
          <Head
            account={account}
            usage={usage.data?.find((each) => each.accountId === id)}
            onDeleted={(jobId) => setDeletion({ name: account.name, jobId })}
          />
          {users.data === undefined ? (
            error === null ? (
              <Bones rows={4} />
            ) : null
          ) : (
            <UsersPanel accountId={id} users={users.data.filter((user) => user.accountId === id)} />
          )}
          <AccountTokens accountId={id} />
        </>
      )}
    </AdminFrame>
  )
}

function Deleted({ name, jobId }: { name: string; jobId: string }) {
  const readAgain = useReadAccountsAgain()
  // Done only now: while the panels are shown, another read would ask for an account that is gone.
  useEffect(() => void readAgain(), [readAgain])
  return (
    <Panel title="Being deleted">
      <Empty
        action={
          <Link to="/jobs/$id" params={{ id: jobId }}>
            Watch the job that deletes it
          </Link>
        }
      >
        {name} is closed: its users and tokens no longer get in. A job removes its data now.
      </Empty>
    </Panel>
  )
}

interface HeadProps {
  account: Account
  usage: AccountUsage | undefined
  onDeleted(jobId: string): void
}

function Head({ account, usage, onDeleted }: HeadProps) {
  const { data: user } = useUser()
  const offline = useOfflineReason()
  const [open, setOpen] = useState<'rename' | 'delete' | null>(null)
  const isOwn = user?.account.id === account.id
  const unknown = usage === undefined ? 'What is deleted with the account is not known yet' : null
  const facts = usage && [
    ['Users', integer(usage.users)],
    ['API tokens', integer(usage.tokens)],
    ['Uploads', `${integer(usage.uploads)} (${bytes(usage.uploadBytes)})`],
    ['Charts in use', integer(usage.charts)],
    ['Offline packs', `${integer(usage.exports)} (${bytes(usage.exportBytes)})`],
    ['Styles', integer(usage.styles)],
    ['Webhooks', integer(usage.webhooks)],
  ]
  return (
    <Panel
      title="Account"
      note={isOwn ? 'your own' : undefined}
      actions={
        <>
          <Button off={offline} onClick={() => setOpen('rename')}>
            Rename
          </Button>
          <Button kind="danger" off={isOwn ? OWN_ACCOUNT_GUARD : (unknown ?? offline)} onClick={() => setOpen('delete')}>
            Delete account
          </Button>
        </>
      }
    >
      <Facts>
        {facts?.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
        <div>
          <dt>Created</dt>
          <dd>
            <DateTime at={account.createdAt} />
          </dd>
        </div>
        <div>
          <dt>Jobs</dt>
          <dd>
            <Link to="/jobs" search={{ account: account.id }}>
              Jobs of the account
            </Link>
          </dd>
        </div>
      </Facts>
      {open === 'rename' ? <RenameAccount account={account} onClose={() => setOpen(null)} /> : null}
      {open === 'delete' && usage !== undefined ? (
        <DeleteAccount account={account} usage={usage} onClose={() => setOpen(null)} onDeleted={onDeleted} />
      ) : null}
    </Panel>
  )
}
