import { useQueryClient } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { ApiError } from '../../api/errors.ts'
import { ErrorNote } from '../../kit/error-note.tsx'
import { usePortal } from '../../state/portal-context.tsx'
import type { StartableType } from '../../text/en.ts'
import { AgreementDialog } from './agreement-dialog.tsx'
import { hasConditions } from './has-conditions.ts'
import { JobInTheWay } from './job-in-the-way.tsx'

export interface StartJob {
  start(type: StartableType): void
  busy: boolean
  /** The agreement to accept first, the job in the way, or what went wrong, for the page to render. */
  notes: ReactNode
}

/** Starts maintenance jobs. The first refresh from NOAA asks the user to accept the conditions; a refusal shows the job in the way. */
export function useStartJob(onStarted: (id: string) => void): StartJob {
  const { api, store } = usePortal()
  const queries = useQueryClient()
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<{ type: StartableType; problem: unknown } | null>(null)
  const [agreeing, setAgreeing] = useState(false)

  async function start(type: StartableType, agreed = false): Promise<void> {
    setBusy(true)
    setError(null)
    try {
      if (type === 'refresh-public-charts' && !agreed && (await mustAgree())) {
        setAgreeing(true)
        return
      }
      const { jobId } = await api.start(type)
      const job = await api.job(jobId)
      if (job !== null) store.put([job])
      onStarted(jobId)
      void queries.invalidateQueries({ queryKey: ['last-run'] })
    } catch (problem) {
      setError({ type, problem })
    } finally {
      setBusy(false)
    }
  }

  async function mustAgree(): Promise<boolean> {
    // Another catalogue, such as a mirror, has no conditions of NOAA's.
    const address = (await api.instance()).settings?.find(({ name }) => name === 'PUBLIC_CHARTS_URL')?.value
    if (typeof address === 'string' && !hasConditions(address)) return false
    return (await api.agreement()).acceptedAt === null
  }

  const blocking =
    error?.problem instanceof ApiError && error.problem.code === 'JOB_TYPE_ACTIVE' ? error.problem.members.jobId : undefined
  const notes = (
    <>
      {typeof blocking === 'string' ? (
        <JobInTheWay id={blocking} onClose={() => setError(null)} />
      ) : error === null ? null : (
        <ErrorNote error={error.problem} onRetry={() => void start(error.type)} />
      )}
      <AgreementDialog
        open={agreeing}
        onClose={() => setAgreeing(false)}
        onAccept={async () => {
          await api.acceptAgreement()
          setAgreeing(false)
          void queries.invalidateQueries({ queryKey: ['agreement'] })
          await start('refresh-public-charts', true)
        }}
      />
    </>
  )
  return {
    start(type) {
      // The second click of a double click must not start another job.
      if (!busy) void start(type)
    },
    busy,
    notes,
  }
}
