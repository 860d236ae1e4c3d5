import { Dialog } from '../../kit/dialog.tsx'
import { useObservable } from '../../lib/use-observable.ts'
import { usePortal } from '../../state/portal-context.tsx'
import { SignInForm } from './sign-in-form.tsx'

/**
 * The session is over: the page stays as it is behind this dialog. The same user continues where the page was; another user starts with a
 * fresh page, so that nothing of the first user's is shown.
 */
export function SessionDialog() {
  const { session, uploads } = usePortal()
  const over = useObservable(session.over)
  const held = useObservable(session.current)
  return (
    <Dialog title="Sign in again" open={over && held !== null} onClose={() => {}} required>
      <p>Your session has ended. The page stays as it is; nothing you entered is lost.</p>
      <SignInForm
        username={held?.username ?? ''}
        keep={held?.keep ?? false}
        onSignedIn={(next) => {
          const same = held?.userId === null || next.userId === held?.userId
          // Before the session is there: files that wait would be sent for the other user.
          if (!same) uploads.clear()
          session.signIn(next)
          if (!same) location.reload()
        }}
      />
    </Dialog>
  )
}
