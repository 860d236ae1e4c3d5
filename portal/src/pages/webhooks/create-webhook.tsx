import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import type { WebhookWithSecret } from '../../api/webhooks-api.ts'
import { FormDialog } from '../../kit/form-dialog.tsx'
import { usePortal } from '../../state/portal-context.tsx'
import { missingIn, NEW_WEBHOOK, WebhookFields } from './webhook-fields.tsx'
import { WebhookSecret } from './webhook-secret.tsx'

/** Asks for a webhook, shows its secret once, and then opens its page. */
export function CreateWebhook({ onClose }: { onClose(): void }) {
  const { webhooks } = usePortal()
  const queries = useQueryClient()
  const navigate = useNavigate()
  const [settings, setSettings] = useState(NEW_WEBHOOK)
  const [created, setCreated] = useState<WebhookWithSecret | null>(null)

  if (created !== null) {
    const open = () => {
      onClose()
      void navigate({ to: '/webhooks/$id', params: { id: String(created.id) } })
    }
    return <WebhookSecret title="The webhook is ready" secret={created.secret} onClose={open} />
  }
  return (
    <FormDialog
      title="New webhook"
      verb="Create webhook"
      missing={missingIn(settings)}
      onCancel={onClose}
      send={async () => setCreated(await webhooks.create({ ...settings, url: settings.url.trim() }))}
      // The secret takes the place of the form.
      onSent={() => void queries.invalidateQueries({ queryKey: ['webhooks'] })}
    >
      {(refused) => <WebhookFields settings={settings} onChange={setSettings} refused={refused} />}
    </FormDialog>
  )
}
