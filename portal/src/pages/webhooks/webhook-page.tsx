import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import type { Webhook } from '../../api/webhooks-api.ts'
import { Page } from '../../app/shell/page.tsx'
import { useAnnounce } from '../../kit/announcer.tsx'
import { Bones } from '../../kit/bones.tsx'
import { Button } from '../../kit/button.tsx'
import { Empty } from '../../kit/empty.tsx'
import { ErrorNote } from '../../kit/error-note.tsx'
import { Facts } from '../../kit/facts.tsx'
import { FormDialog } from '../../kit/form-dialog.tsx'
import { Panel } from '../../kit/panel.tsx'
import { DateTime } from '../../kit/time.tsx'
import { useOfflineReason, usePortal } from '../../state/portal-context.tsx'
import { heardText } from '../../text/admin-en.ts'
import { typeName } from '../../text/job-words.ts'
import { DeliveriesPanel } from './deliveries-panel.tsx'
import { missingIn, WebhookFields } from './webhook-fields.tsx'
import { WebhookSecret } from './webhook-secret.tsx'
import classes from './webhooks.module.css'

/** One webhook: where it sends what, and its latest messages. */
export function WebhookPage() {
  const id = Number(useParams({ from: '/shell/webhooks/$id' }).id)
  const { webhooks } = usePortal()
  const isValid = Number.isSafeInteger(id) && id > 0
  const { data, error, refetch } = useQuery({
    queryKey: ['webhook', id],
    queryFn: ({ signal }) => (isValid ? webhooks.get(id, signal) : null),
    staleTime: 0,
  })
  return (
    <Page title={data === null ? 'No such webhook' : 'Webhook'} parent={<Link to="/webhooks">Webhooks</Link>}>
      {error === null ? null : <ErrorNote error={error} onRetry={() => void refetch()} />}
      {data === null ? (
        <Panel title="No such webhook">
          <Empty action={<Link to="/webhooks">Go to Webhooks</Link>}>
            There is no such webhook. It was deleted, it belongs to another account, or the link is wrong.
          </Empty>
        </Panel>
      ) : data === undefined ? (
        error === null ? (
          <Bones rows={5} />
        ) : null
      ) : (
        <>
          <Head webhook={data} />
          <DeliveriesPanel webhookId={id} isPaused={!data.active} />
        </>
      )}
    </Page>
  )
}

function Head({ webhook }: { webhook: Webhook }) {
  const offline = useOfflineReason()
  const [open, setOpen] = useState<'change' | 'secret' | 'delete' | null>(null)
  const close = () => setOpen(null)
  return (
    <Panel
      title="Webhook"
      actions={
        <>
          <Button off={offline} onClick={() => setOpen('change')}>
            Change
          </Button>
          <Button off={offline} onClick={() => setOpen('secret')}>
            New secret
          </Button>
          <Button kind="danger" off={offline} onClick={() => setOpen('delete')}>
            Delete
          </Button>
        </>
      }
    >
      <Facts>
        <div>
          <dt>Address</dt>
          <dd>{webhook.url}</dd>
        </div>
        <div>
          <dt>State</dt>
          <dd>{webhook.active ? 'Active' : 'Paused: nothing new is queued, and what is queued waits'}</dd>
        </div>
        <div>
          <dt>Hears of</dt>
          <dd>
            {heardText(webhook.jobStates, webhook.jobTypes)}
            {webhook.jobTypes === null ? null : (
              <span className={classes.names}>: {webhook.jobTypes.map(typeName).join(', ')}</span>
            )}
          </dd>
        </div>
        <div>
          <dt>Created</dt>
          <dd>
            <DateTime at={webhook.createdAt} />
          </dd>
        </div>
      </Facts>
      {open === 'change' ? <ChangeWebhook webhook={webhook} onClose={close} /> : null}
      {open === 'secret' ? <NewSecret webhook={webhook} onClose={close} /> : null}
      {open === 'delete' ? <DeleteWebhook webhook={webhook} onClose={close} /> : null}
    </Panel>
  )
}

interface WebhookDialogProps {
  webhook: Webhook
  onClose(): void
}

function ChangeWebhook({ webhook, onClose }: WebhookDialogProps) {
  const { webhooks } = usePortal()
  const queries = useQueryClient()
  const [settings, setSettings] = useState(() => {
    const { url, jobStates, jobTypes, active } = webhook
    return { url, jobStates, jobTypes, active }
  })
  return (
    <FormDialog
      title="Change the webhook"
      verb="Save"
      missing={missingIn(settings)}
      onCancel={onClose}
      onSent={onClose}
      send={async () => {
        const changed = await webhooks.update(webhook.id, { ...settings, url: settings.url.trim() })
        queries.setQueryData(['webhook', webhook.id], changed)
        await queries.invalidateQueries({ queryKey: ['webhooks'] })
      }}
    >
      {(refused) => <WebhookFields settings={settings} onChange={setSettings} refused={refused} />}
    </FormDialog>
  )
}

function NewSecret({ webhook, onClose }: WebhookDialogProps) {
  const { webhooks } = usePortal()
  const [secret, setSecret] = useState<string | null>(null)
  if (secret !== null) return <WebhookSecret title="The new secret" secret={secret} onClose={onClose} />
  return (
    <FormDialog
      title="New secret"
      verb="Make a new secret"
      onCancel={onClose}
      // The secret takes the place of the question.
      onSent={() => undefined}
      send={async () => setSecret((await webhooks.newSecret(webhook.id)).secret)}
    >
      {() => <p>For a day messages carry the signatures of both secrets, so that the receiver can be changed without a gap.</p>}
    </FormDialog>
  )
}

function DeleteWebhook({ webhook, onClose }: WebhookDialogProps) {
  const { webhooks } = usePortal()
  const queries = useQueryClient()
  const navigate = useNavigate()
  const announce = useAnnounce()
  return (
    <FormDialog
      title="Delete the webhook"
      verb="Delete webhook"
      danger
      onCancel={onClose}
      onSent={onClose}
      send={async () => {
        await webhooks.delete(webhook.id)
        announce('The webhook was deleted')
        await queries.invalidateQueries({ queryKey: ['webhooks'] })
        await navigate({ to: '/webhooks' })
      }}
    >
      {() => <p>{webhook.url} hears nothing more. Messages that it has not accepted yet are lost.</p>}
    </FormDialog>
  )
}
