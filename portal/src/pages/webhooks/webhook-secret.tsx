import { ShownOnce } from '../../kit/shown-once.tsx'

/** The secret that signs the messages of a webhook. */
export function WebhookSecret({ title, secret, onClose }: { title: string; secret: string; onClose(): void }) {
  return (
    <ShownOnce title={title} secret={secret} onClose={onClose}>
      <p>
        The receiver checks with this secret that messages come from here. Copy it now: it is not shown again. Libraries of
        Standard Webhooks take it as it is.
      </p>
    </ShownOnce>
  )
}
