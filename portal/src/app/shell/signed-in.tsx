import { Outlet, useRouter, useSearch } from '@tanstack/react-router'
import { useEffect } from 'react'
import { useObservable } from '../../lib/use-observable.ts'
import { usePortal } from '../../state/portal-context.tsx'
import { useInstance, useUser } from '../../state/queries.ts'
import { Banners } from './banners.tsx'
import { BottomBar } from './bottom-bar.tsx'
import { HelpDialog } from './help-dialog.tsx'
import { Rail } from './rail.tsx'
import { SessionDialog } from './session-dialog.tsx'
import classes from './signed-in.module.css'
import { useLeaveWarning } from './use-leave-warning.ts'
import { useLiveWindow } from './use-live-window.ts'
import { usePageKeys } from './use-page-keys.ts'
import { useForget } from './use-sign-out.ts'

/** The shell around every page for people who have signed in; without a session it leads to the sign-in. */
export function SignedIn() {
  const { session } = usePortal()
  const current = useObservable(session.current)
  const router = useRouter()
  // With an API token in the URL, only the map is shown, to people without an account.
  const { token } = useSearch({ strict: false })
  const isViewer = token !== undefined
  const absent = current === null && !isViewer

  const forget = useForget()

  useEffect(() => {
    if (!absent) return
    // Another window may have signed out.
    forget()
    // The requested page, read once because the URL changes while the sign-in loads.
    void router.navigate({ to: '/sign-in', search: { next: router.latestLocation.href }, replace: true })
  }, [absent, router, forget])

  if (isViewer) return <Outlet />
  return absent ? null : <Shell />
}

function Shell() {
  const { session } = usePortal()
  const user = useUser()
  useInstance()
  useLiveWindow()
  useLeaveWarning()
  const help = usePageKeys(user.data?.isAdmin === true)

  // A session from a sign-in link has no user name yet.
  useEffect(() => {
    const held = session.current.get()
    if (user.data === undefined || held === null || held.userId === user.data.userId) return
    session.signIn({ ...held, username: user.data.username, userId: user.data.userId })
  }, [user.data, session])

  return (
    <>
      <button type="button" className={classes.skip} onClick={() => document.getElementById('content')?.focus()}>
        Skip to the content
      </button>
      <div className={classes.shell}>
        <Rail isAdmin={user.data?.isAdmin === true} />
        <div className={classes.body}>
          <Banners />
          <Outlet />
        </div>
        <BottomBar isAdmin={user.data?.isAdmin === true} onHelp={help.show} />
      </div>
      <HelpDialog open={help.open} onClose={help.hide} />
      <SessionDialog />
    </>
  )
}
