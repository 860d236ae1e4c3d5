import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { usePortal } from '../../state/portal-context.tsx'

/** Ends the session, here and in the other windows. The server is told first; if it cannot be reached, the session is dropped all the same. */
export function useSignOut(): () => Promise<void> {
  const { api, session, store, live } = usePortal()
  const queries = useQueryClient()
  const navigate = useNavigate()
  return async () => {
    live.stop()
    try {
      await api.logout()
    } catch {
      // A session that the server no longer knows is as good as ended.
    }
    await navigate({ to: '/sign-in', search: {}, replace: true })
    session.signOut()
    queries.clear()
    store.clear()
  }
}
