import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { Account, AccountUsage } from '../../api/admin-api.ts'
import { Bones } from '../../kit/bones.tsx'
import { Button } from '../../kit/button.tsx'
import table from '../../kit/data-table.module.css'
import { ErrorNote } from '../../kit/error-note.tsx'
import { useKeys } from '../../kit/keys.tsx'
import { LongList } from '../../kit/long-list.tsx'
import { Panel } from '../../kit/panel.tsx'
import { Age } from '../../kit/time.tsx'
import { useOfflineReason } from '../../state/portal-context.tsx'
import { storageText } from '../../text/admin-en.ts'
import { counted, integer } from '../../text/plural.ts'
import { AdminFrame } from './admin-frame.tsx'
import { CreateAccount } from './create-account.tsx'
import { useAccounts, useAccountUsage } from './use-accounts.ts'

const nameOf = ({ name }: Account): string => name

/** The accounts of the server with what each has. */
export function AccountsPage() {
  const accounts = useAccounts()
  const usage = useAccountUsage()
  const offline = useOfflineReason()
  const [creating, setCreating] = useState(false)
  useKeys('Accounts', [
    {
      keys: ['n'],
      does: 'New account',
      run: () => {
        if (accounts.data === undefined) return false
        setCreating(true)
        return true
      },
    },
  ])
  return (
    <AdminFrame title="Accounts">
      {accounts.error === null ? null : <ErrorNote error={accounts.error} onRetry={() => void accounts.refetch()} />}
      {usage.error === null ? null : <ErrorNote error={usage.error} onRetry={() => void usage.refetch()} />}
      <Panel
        title="Accounts"
        note={accounts.data === undefined ? undefined : counted(accounts.data.length, 'account')}
        actions={
          <Button kind="solid" icon="plus" off={offline} onClick={() => setCreating(true)}>
            New account
          </Button>
        }
        flush
      >
        {accounts.data === undefined ? (
          accounts.error === null ? (
            <Bones rows={4} />
          ) : null
        ) : (
          <LongList items={accounts.data} noun="account" searched="Name" textOf={nameOf} parameter="q">
            {(shown) => <AccountTable accounts={shown} usage={usage.data ?? []} />}
          </LongList>
        )}
      </Panel>
      {creating ? <CreateAccount onClose={() => setCreating(false)} /> : null}
    </AdminFrame>
  )
}

function AccountTable({ accounts, usage }: { accounts: readonly Account[]; usage: readonly AccountUsage[] }) {
  const usageOf = new Map(usage.map((each) => [each.accountId, each]))
  const cell = (label: string, value: string | undefined) => (
    <td className={table.number} data-label={label}>
      {value ?? ''}
    </td>
  )
  return (
    <table className={table.table}>
      <caption className="visually-hidden">Accounts, the oldest first</caption>
      <thead>
        <tr>
          <th scope="col">Account</th>
          <th scope="col" className={table.number}>
            Users
          </th>
          <th scope="col" className={table.number}>
            Tokens
          </th>
          <th scope="col" className={table.number}>
            Charts
          </th>
          <th scope="col" className={table.number}>
            Storage
          </th>
          <th scope="col">Created</th>
        </tr>
      </thead>
      <tbody>
        {accounts.map(({ id, name, createdAt }) => {
          const has = usageOf.get(id)
          return (
            <tr key={id}>
              <td>
                <Link to="/admin/accounts/$id" params={{ id: String(id) }}>
                  {name}
                </Link>
              </td>
              {cell('Users', has && integer(has.users))}
              {cell('Tokens', has && integer(has.tokens))}
              {cell('Charts', has && integer(has.charts))}
              {cell('Storage', has && storageText(has))}
              <td data-label="Created">
                <Age at={createdAt} />
              </td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}
