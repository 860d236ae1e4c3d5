import { useEffect } from 'react'
import { useObservable } from '../../lib/use-observable.ts'
import { usePortal } from '../../state/portal-context.tsx'

/** Makes the browser ask before the window closes, but only while files are being sent or wait to be. */
export function useLeaveWarning(): void {
  const { uploads } = usePortal()
  const sending = useObservable(uploads.files).some(({ state }) => state === 'sending' || state === 'queued')
  useEffect(() => {
    if (!sending) return
    const ask = (event: BeforeUnloadEvent): void => event.preventDefault()
    window.addEventListener('beforeunload', ask)
    return () => window.removeEventListener('beforeunload', ask)
  }, [sending])
}
