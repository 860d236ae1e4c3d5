import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { ApiError } from '../../api/errors.ts'
import type { StyleRecord } from '../../api/styles-api.ts'
import { useAnnounce } from '../../kit/announcer.tsx'
import { Button } from '../../kit/button.tsx'
import { Dialog } from '../../kit/dialog.tsx'
import { ErrorNote } from '../../kit/error-note.tsx'
import { usePortal } from '../../state/portal-context.tsx'
import { DELETE_CONSEQUENCE } from '../../text/styles-en.ts'

/** Deletes a style, after saying what that changes. */
export function DeleteStyle({
  style,
  onClose,
  onDeleted,
}: {
  /** Null when the dialog is closed. */
  style: StyleRecord | null
  onClose(): void
  onDeleted?(): void
}) {
  const { styles } = usePortal()
  const queries = useQueryClient()
  const announce = useAnnounce()
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<unknown>(null)

  async function remove({ id, name }: StyleRecord): Promise<void> {
    setBusy(true)
    setFailure(null)
    try {
      await styles.remove(id).catch((error: unknown) => {
        // Someone else has already deleted it.
        if (!(error instanceof ApiError && error.status === 404)) throw error
      })
      announce(`${name} is deleted`)
      onClose()
      onDeleted?.()
      await queries.invalidateQueries({ queryKey: ['styles'] })
    } catch (error) {
      setFailure(error)
    } finally {
      setBusy(false)
    }
  }
  return (
    <Dialog
      title={`Delete ${style?.name ?? ''}`}
      open={style !== null}
      onClose={() => {
        setFailure(null)
        onClose()
      }}
      actions={
        <>
          <Button data-first onClick={onClose}>
            Keep it
          </Button>
          <Button kind="danger" busy={busy} onClick={() => (style === null ? undefined : void remove(style))}>
            Delete style
          </Button>
        </>
      }
    >
      <p>{DELETE_CONSEQUENCE}</p>
      {failure === null ? null : <ErrorNote error={failure} />}
    </Dialog>
  )
}
