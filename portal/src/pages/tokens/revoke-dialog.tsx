import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { AccountToken } from '../../api/tokens-api.ts'
import { useAnnounce } from '../../kit/announcer.tsx'
import { Button } from '../../kit/button.tsx'
import { Dialog } from '../../kit/dialog.tsx'
import { ErrorNote } from '../../kit/error-note.tsx'
import { Age } from '../../kit/time.tsx'
import { usePortal } from '../../state/portal-context.tsx'

interface RevokeDialogProps {
  /** Null: closed. */
  token: AccountToken | null
  onClose(): void
  onDone?(): void
}

/** Asks before a token is revoked, and says when it was last used. */
export function RevokeDialog({ token, onClose, onDone }: RevokeDialogProps) {
  const { tokens: api } = usePortal()
  const queries = useQueryClient()
  const announce = useAnnounce()
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)

  function close(): void {
    setError(null)
    onClose()
  }

  async function revoke(handle: string): Promise<void> {
    setBusy(true)
    setError(null)
    try {
      await api.revoke(handle)
      announce('The token was revoked')
      onDone?.()
      close()
      await queries.invalidateQueries({ queryKey: ['tokens'] })
    } catch (problem) {
      setError(problem)
    } finally {
      setBusy(false)
    }
  }

  return (
    <Dialog
      title={`Revoke ${token?.name ?? ''}`}
      open={token !== null}
      onClose={close}
      actions={
        <>
          <Button data-first onClick={close}>
            Keep it
          </Button>
          <Button kind="danger" busy={busy} onClick={() => token !== null && void revoke(token.handle)}>
            Revoke token
          </Button>
        </>
      }
    >
      {token === null ? null : (
        <>
          <p>
            {token.lastUsedAt === null ? (
              'It has never been used.'
            ) : (
              <>
                It was last used <Age at={token.lastUsedAt} />.
              </>
            )}{' '}
            Whatever uses it is refused from now on. This cannot be undone.
          </p>
          {error === null ? null : <ErrorNote error={error} />}
        </>
      )}
    </Dialog>
  )
}
