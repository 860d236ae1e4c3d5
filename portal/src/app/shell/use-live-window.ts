import { useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { useAnnounce } from '../../kit/announcer.tsx'
import { useObservable } from '../../lib/use-observable.ts'
import { usePortal } from '../../state/portal-context.tsx'
import { outcome, typeName } from '../../text/job-words.ts'

/** Keeps this window up to date while someone is signed in and looks at it, and announces ended jobs to screen readers. */
export function useLiveWindow(): void {
  const { live, active, session, store } = usePortal()
  const queries = useQueryClient()
  const announce = useAnnounce()
  const over = useObservable(session.over)

  useEffect(() => {
    if (over) return
    const show = () => live.setVisible(document.visibilityState === 'visible')
    const stopRead = live.onReset(() => active.read())
    const stopQueries = live.onReset(() => queries.invalidateQueries())
    show()
    // The stream opens first and the list is read after it, so that no change is missed in between.
    live.start()
    void active.read()
    document.addEventListener('visibilitychange', show)
    return () => {
      document.removeEventListener('visibilitychange', show)
      stopRead()
      stopQueries()
      live.stop()
    }
  }, [over, live, active, queries])

  useEffect(() => {
    const running = new Set<string>()
    return store.onChange((changed) => {
      for (const job of changed) {
        if (job.parentJobId !== null) continue
        if (job.jobState === 'running' || job.jobState === 'pending') running.add(job.id)
        else if (running.delete(job.id))
          announce([`${typeName(job.jobType)}: ${job.jobState}`, outcome(job)].filter(Boolean).join('. '))
      }
    })
  }, [store, announce])
}
