import { useCallback, useEffect, useState } from 'react'
import { createLogWindow, type LogWindow } from '../../live/log-window.ts'
import { usePortal, useReset } from '../../state/portal-context.tsx'

/** The log of a job while its page is open. New lines are read when the job's event comes; there is no polling. */
export function useJobLog(id: string): LogWindow | null {
  const { api, store } = usePortal()
  const [log, setLog] = useState<LogWindow | null>(null)

  useEffect(() => {
    const made = createLogWindow({
      tail: (tail, signal) => api.log(id, { tail }, signal),
      before: (before, limit, signal) => api.log(id, { before, limit }, signal),
      after: (after, limit, signal) => api.log(id, { after, limit }, signal),
    })
    setLog(made)
    void made.start()
    const stop = store.onChange((changed) => {
      if (changed.some((job) => job.id === id)) void made.newer()
    })
    return () => {
      stop()
      made.dispose()
    }
  }, [api, store, id])

  useReset(useCallback(async () => await log?.newer(), [log]))
  return log
}
