import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { Webhook } from '../../api/webhooks-api.ts'
import { Page } from '../../app/shell/page.tsx'
import { Bones } from '../../kit/bones.tsx'
import { Button } from '../../kit/button.tsx'
import table from '../../kit/data-table.module.css'
import { Empty } from '../../kit/empty.tsx'
import { ErrorNote } from '../../kit/error-note.tsx'
import { useKeys } from '../../kit/keys.tsx'
import { Panel } from '../../kit/panel.tsx'
import { Age } from '../../kit/time.tsx'
import { useOfflineReason, usePortal } from '../../state/portal-context.tsx'
import { heardText } from '../../text/admin-en.ts'
import { counted } from '../../text/plural.ts'
import { CreateWebhook } from './create-webhook.tsx'

/** The webhooks of the account: other servers that are told when jobs have ended. */
export function WebhooksPage() {
  const { webhooks } = usePortal()
  const offline = useOfflineReason()
  const [creating, setCreating] = useState(false)
  const { data, error, refetch } = useQuery({
    queryKey: ['webhooks'],
    queryFn: ({ signal }) => webhooks.list(signal),
    staleTime: 0,
  })
  useKeys('Webhooks', [
    {
      keys: ['n'],
      does: 'New webhook',
      run: () => {
        setCreating(true)
        return true
      },
    },
  ])
  const create = (
    <Button kind="solid" icon="plus" off={offline} onClick={() => setCreating(true)}>
      New webhook
    </Button>
  )
  const isEmpty = data?.length === 0
  // A button that moves while the list loads loses the focus of the keyboard.
  const isKnown = data !== undefined || error !== null
  return (
    <Page title="Webhooks">
      {error === null ? null : <ErrorNote error={error} onRetry={() => void refetch()} />}
      <Panel
        title="Webhooks"
        note={data === undefined || isEmpty ? undefined : counted(data.length, 'webhook')}
        actions={isKnown && !isEmpty ? create : undefined}
        flush
      >
        {data === undefined ? (
          error === null ? (
            <Bones rows={3} />
          ) : null
        ) : isEmpty ? (
          <Empty action={create}>
            A webhook tells another server when a job of your account or of the whole server has ended, so that nobody has to ask.
          </Empty>
        ) : (
          <WebhookTable webhooks={data} />
        )}
      </Panel>
      {creating ? <CreateWebhook onClose={() => setCreating(false)} /> : null}
    </Page>
  )
}

function WebhookTable({ webhooks }: { webhooks: readonly Webhook[] }) {
  return (
    <table className={table.table}>
      <caption className="visually-hidden">Webhooks of the account, the oldest first</caption>
      <thead>
        <tr>
          <th scope="col">Address</th>
          <th scope="col">Hears of</th>
          <th scope="col">State</th>
          <th scope="col">Created</th>
        </tr>
      </thead>
      <tbody>
        {webhooks.map((webhook) => (
          <tr key={webhook.id}>
            <td>
              <Link to="/webhooks/$id" params={{ id: String(webhook.id) }}>
                {webhook.url}
              </Link>
            </td>
            <td data-label="Hears of" className={table.words}>
              {heardText(webhook.jobStates, webhook.jobTypes)}
            </td>
            <td data-label="State" className={table.words}>
              {webhook.active ? 'Active' : 'Paused'}
            </td>
            <td data-label="Created">
              <Age at={webhook.createdAt} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
