import { useQueryClient } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { useAnnounce } from '../../kit/announcer.tsx'
import { Button } from '../../kit/button.tsx'
import { Dialog } from '../../kit/dialog.tsx'
import { ErrorNote } from '../../kit/error-note.tsx'
import { Age } from '../../kit/time.tsx'

interface RevokeDialogProps<T> {
  /** Null: closed. */
  token: T | null
  revoke(token: T): Promise<void>
  onClose(): void
  onDone?(): void
  /** What else happens when it ends. */
  children?: ReactNode
}

/** Asks before a token is revoked, and says when it was last used. */
export function RevokeDialog<T extends { name: string; lastUsedAt: number | null }>(props: RevokeDialogProps<T>) {
  const { token, revoke, onClose, onDone, children } = props
  const queries = useQueryClient()
  const announce = useAnnounce()
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)

  function close(): void {
    setError(null)
    onClose()
  }

  async function run(chosen: T): Promise<void> {
    setBusy(true)
    setError(null)
    try {
      await revoke(chosen)
      announce('The token was revoked')
      onDone?.()
      close()
      const keys = [['tokens'], ['account-tokens'], ['account-usage']]
      await Promise.all(keys.map((queryKey) => queries.invalidateQueries({ queryKey })))
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
          <Button kind="danger" busy={busy} onClick={() => token !== null && void run(token)}>
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
            Programs that use it are refused from now on. This cannot be undone.
          </p>
          {children}
          {error === null ? null : <ErrorNote error={error} />}
        </>
      )}
    </Dialog>
  )
}
