import { type FormEvent, type ReactNode, useId, useState } from 'react'
import { useOfflineReason } from '../state/portal-context.tsx'
import { Button } from './button.tsx'
import { Dialog } from './dialog.tsx'
import { ErrorNote } from './error-note.tsx'
import classes from './form-dialog.module.css'

export interface FormDialogProps {
  title: string
  /** The word on the button that sends the form. */
  verb: string
  onCancel(): void
  /** Called when it has been sent. */
  onSent(): void
  /** What is still missing, as the reason why the form cannot be sent. */
  missing?: string | null
  danger?: boolean
  /** Sends the form; the dialog shows what it throws. */
  send(): Promise<void>
  /** The fields. They get back what the server refused. */
  children(refused: unknown): ReactNode
}

/** A dialog that asks for something and sends it; it stays open until the server has responded. */
export function FormDialog({ title, verb, onCancel, onSent, missing = null, danger = false, send, children }: FormDialogProps) {
  const id = useId()
  const offline = useOfflineReason()
  const [busy, setBusy] = useState(false)
  const [refused, setRefused] = useState<unknown>(null)

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault()
    if (busy || missing !== null || offline !== null) return
    setBusy(true)
    setRefused(null)
    try {
      await send()
      onSent()
    } catch (error) {
      setRefused(error)
      setBusy(false)
    }
  }

  return (
    <Dialog
      title={title}
      open
      onClose={onCancel}
      actions={
        <>
          <Button data-first={danger || undefined} onClick={onCancel}>
            Cancel
          </Button>
          <Button kind={danger ? 'danger' : 'solid'} type="submit" form={id} busy={busy} off={offline ?? missing}>
            {verb}
          </Button>
        </>
      }
    >
      <form id={id} className={classes.form} onSubmit={(event) => void submit(event)}>
        {children(refused)}
        {refused === null ? null : <ErrorNote error={refused} />}
      </form>
    </Dialog>
  )
}
