import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import type { CellAfterDeletion, UploadSummary } from '../../../api/charts-api.ts'
import { useAnnounce } from '../../../kit/announcer.tsx'
import { Bones } from '../../../kit/bones.tsx'
import { Button } from '../../../kit/button.tsx'
import { Dialog } from '../../../kit/dialog.tsx'
import { ErrorNote } from '../../../kit/error-note.tsx'
import { useOfflineReason, usePortal } from '../../../state/portal-context.tsx'
import { deletionSentence } from '../../../text/charts-en.ts'
import classes from '../charts.module.css'

/** Deletes an upload, after saying what that changes. */
export function DeleteUpload({ upload }: { upload: UploadSummary }) {
  const { charts } = usePortal()
  const offline = useOfflineReason()
  const queries = useQueryClient()
  const navigate = useNavigate()
  const announce = useAnnounce()
  const [open, setOpen] = useState(false)
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<unknown>(null)
  const preview = useQuery({
    queryKey: ['deletion', upload.id],
    queryFn: ({ signal }) => charts.previewDeletion(upload.id, signal),
    enabled: open,
    staleTime: 0,
    gcTime: 0,
  })

  async function remove(): Promise<void> {
    setBusy(true)
    setFailure(null)
    try {
      await charts.deleteUpload(upload.id)
      announce(`${upload.filename} is being deleted`)
      await queries.invalidateQueries({ queryKey: ['uploads'] })
      await navigate({ to: '/charts/uploads' })
    } catch (problem) {
      setFailure(problem)
      setBusy(false)
    }
  }

  return (
    <>
      <Button kind="danger" off={offline} onClick={() => setOpen(true)}>
        Delete upload
      </Button>
      <Dialog
        title={`Delete ${upload.filename}`}
        open={open}
        onClose={() => setOpen(false)}
        actions={
          <>
            <Button data-first onClick={() => setOpen(false)}>
              Keep it
            </Button>
            <Button
              kind="danger"
              busy={busy}
              off={preview.data === undefined ? 'What it changes is not known yet' : offline}
              onClick={() => void remove()}
            >
              Delete upload
            </Button>
          </>
        }
      >
        {preview.data === undefined ? preview.error === null ? <Bones rows={2} /> : null : <Consequences cells={preview.data} />}
        {preview.error === null ? null : <ErrorNote error={preview.error} onRetry={() => void preview.refetch()} />}
        {failure === null ? null : <ErrorNote error={failure} />}
      </Dialog>
    </>
  )
}

function Consequences({ cells }: { cells: readonly CellAfterDeletion[] }) {
  const removed = cells.filter(({ after }) => after === 'removed').map(({ name }) => name)
  return (
    <>
      <p>{deletionSentence(cells)}</p>
      {removed.length === 0 ? null : <p className={classes.names}>Charts that disappear: {removed.join(', ')}</p>}
      <p>The file is removed. This cannot be undone.</p>
    </>
  )
}
