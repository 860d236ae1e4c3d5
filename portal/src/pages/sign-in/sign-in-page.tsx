import { useNavigate, useSearch } from '@tanstack/react-router'
import { useEffect } from 'react'
import classes from '../../app/shell/sign-in.module.css'
import { SignInForm } from '../../app/shell/sign-in-form.tsx'
import { Note } from '../../kit/note.tsx'
import { useObservable } from '../../lib/use-observable.ts'
import { usePortal } from '../../state/portal-context.tsx'
import { useInstance } from '../../state/queries.ts'

/** The first page: who are you? */
export function SignInPage() {
  const { session } = usePortal()
  const { next = '/jobs' } = useSearch({ from: '/sign-in' })
  const navigate = useNavigate()
  const { data: instance } = useInstance()
  const current = useObservable(session.current)

  useEffect(() => {
    document.title = 'Sign in · Chartroom'
  }, [])

  // Another window may have signed in meanwhile.
  useEffect(() => {
    if (current !== null) void navigate({ to: next, replace: true })
  }, [current, navigate, next])

  return (
    <div className={classes.page}>
      <main className={classes.card}>
        <div className={classes.brand}>
          <svg viewBox="0 0 24 24" width="32" height="32" aria-hidden="true">
            <circle cx="12" cy="12" r="9.25" />
            <path d="M12 5.5 14 12l-2 6.5L10 12z" />
          </svg>
          <h1>Chartroom</h1>
        </div>
        <p className={classes.version}>Nautical chart server{instance === undefined ? '' : ` ${instance.version}`}</p>
        {instance?.defaultPassword === true ? (
          <div className={classes.first}>
            <Note icon="help">
              First start: sign in as <code>admin</code> with the password <code>admin</code>. You will be asked to change it.
            </Note>
          </div>
        ) : null}
        <SignInForm username="" keep={false} onSignedIn={(signedIn) => session.signIn(signedIn)} />
        <p className={classes.foot}>Charts shown by this server are not for navigation.</p>
      </main>
    </div>
  )
}
