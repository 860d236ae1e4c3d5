import { useBlocker } from '@tanstack/react-router'
import { Button } from '../../kit/button.tsx'
import { Dialog } from '../../kit/dialog.tsx'
import type { StyleEditor } from './use-style-editor.ts'

/** Asks before a page with unsaved changes is left. Without a session the sign-in follows, and the draft stays. */
export function LeaveGuard({ editor }: { editor: StyleEditor }) {
  const { dirty, forget } = editor
  const { status, proceed, reset } = useBlocker({
    shouldBlockFn: ({ next }) => dirty && !next.pathname.endsWith('/sign-in'),
    enableBeforeUnload: () => dirty,
    withResolver: true,
  })
  const blocked = status === 'blocked'
  return (
    <Dialog
      title="Leave without saving?"
      open={blocked}
      onClose={() => reset?.()}
      actions={
        <>
          <Button data-first onClick={() => reset?.()}>
            Stay
          </Button>
          <Button
            kind="danger"
            onClick={() => {
              forget()
              proceed?.()
            }}
          >
            Drop the changes
          </Button>
          <Button onClick={() => proceed?.()}>Leave, keep the draft</Button>
        </>
      }
    >
      <p>Your changes are not saved. As a draft they stay in this browser, and nobody else sees them.</p>
    </Dialog>
  )
}
