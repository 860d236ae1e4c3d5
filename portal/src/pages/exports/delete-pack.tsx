import { useState } from 'react'
import type { Pack } from '../../api/exports-api.ts'
import { useAnnounce } from '../../kit/announcer.tsx'
import { Button } from '../../kit/button.tsx'
import { Dialog } from '../../kit/dialog.tsx'
import { ErrorNote } from '../../kit/error-note.tsx'
import { useOfflineReason, usePortal } from '../../state/portal-context.tsx'

/** Asks before a pack is deleted. @param pack null while none is to be deleted. */
export function DeletePack({ pack, onDone }: { pack: Pack | null; onDone(deleted: boolean): void }) {
  const { exports } = usePortal()
  const offline = useOfflineReason()
  const announce = useAnnounce()
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<unknown>(null)

  function close(deleted: boolean): void {
    setFailure(null)
    onDone(deleted)
  }
  async function remove({ id, fileName }: Pack): Promise<void> {
    setBusy(true)
    setFailure(null)
    try {
      await exports.remove(id)
      announce(`${fileName} is deleted`)
      close(true)
    } catch (problem) {
      setFailure(problem)
    } finally {
      setBusy(false)
    }
  }
  return (
    <Dialog
      title={`Delete ${pack?.fileName ?? 'the pack'}?`}
      open={pack !== null}
      onClose={() => close(false)}
      actions={
        pack === null ? null : (
          <>
            <Button data-first onClick={() => close(false)}>
              Keep it
            </Button>
            <Button kind="danger" busy={busy} off={offline} onClick={() => void remove(pack)}>
              Delete the pack
            </Button>
          </>
        )
      }
    >
      <p>
        {pack?.state === 'completed'
          ? 'The file is removed from the server. What was downloaded stays.'
          : 'Its job is cancelled, and what it has drawn is removed.'}
      </p>
      <p>This cannot be undone.</p>
      {failure === null ? null : <ErrorNote error={failure} />}
    </Dialog>
  )
}
