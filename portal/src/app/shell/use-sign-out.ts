import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { usePortal } from '../../state/portal-context.tsx'

/** Ends the session, here and in the other windows. Tells the server first, and drops the session even when the server cannot be reached. */
export function useSignOut(): () => Promise<void> {
  const { api, session, store, uploads, live } = usePortal()
  const queries = useQueryClient()
  const navigate = useNavigate()
  return async () => {
    live.stop()
    try {
      await api.logout()
    } catch {
      // The server no longer knows the session, so it has ended.
    }
    await navigate({ to: '/sign-in', search: {}, replace: true })
    session.signOut()
    queries.clear()
    store.clear()
    uploads.clear()
  }
}
