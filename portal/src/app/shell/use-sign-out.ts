import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useCallback } from 'react'
import { usePortal } from '../../state/portal-context.tsx'

/** How long a sign-out waits for the server. */
const PATIENCE_MILLISECONDS = 3_000

/** Drops everything that was read for the user of the ended session, so that the next user sees nothing of it. */
export function useForget(): () => void {
  const { store, uploads } = usePortal()
  const queries = useQueryClient()
  return useCallback(() => {
    queries.clear()
    store.clear()
    uploads.clear()
  }, [queries, store, uploads])
}

/** Ends the session, here and in the other windows. Tells the server first, and drops the session even when the server is silent. */
export function useSignOut(): () => Promise<void> {
  const { api, session, live } = usePortal()
  const forget = useForget()
  const navigate = useNavigate()
  return async () => {
    live.stop()
    // A refusal means that the session has already ended. A silent server must not keep its data on the screen.
    await Promise.race([api.logout().catch(() => {}), new Promise((done) => setTimeout(done, PATIENCE_MILLISECONDS))])
    await navigate({ to: '/sign-in', search: {}, replace: true })
    session.signOut()
    forget()
  }
}
