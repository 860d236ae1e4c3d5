import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect } from 'react'
import type { Pack } from '../../api/exports-api.ts'
import { isActive, type JobSummary } from '../../api/records.ts'
import { usePortal, useReset } from '../../state/portal-context.tsx'

const KEY = ['packs']

/** The packs of the account. They are read again when a job of theirs has ended or was started elsewhere. */
export function usePacks() {
  const { api, exports, store } = usePortal()
  const queries = useQueryClient()
  const query = useQuery({
    queryKey: KEY,
    queryFn: async ({ signal }) => {
      const packs = await exports.list(signal)
      const jobs = await Promise.all(unfinished(packs).map(({ jobId }) => api.job(jobId, signal)))
      store.put(jobs.filter((job) => job !== null))
      return packs
    },
    staleTime: 0,
  })
  const readAgain = useCallback(() => queries.invalidateQueries({ queryKey: KEY }), [queries])
  useReset(readAgain)
  const { data } = query
  useEffect(
    () =>
      store.onChange((jobs) => {
        if (jobs.some((job) => job.jobType === 'export-charts' && isNews(job, data))) void readAgain()
      }),
    [store, readAgain, data],
  )
  return { ...query, readAgain }
}

/** Packs whose jobs say more than the packs do: what is going on, and why they failed. The newest twenty are enough. */
function unfinished(packs: readonly Pack[]): Pack[] {
  return packs.filter(({ state }) => state !== 'completed').slice(0, 20)
}

/** Whether a job shows that the list is out of date: it is a new one, or its pack is in another state. */
function isNews(job: JobSummary, packs: readonly Pack[] | undefined): boolean {
  const pack = packs?.find(({ jobId }) => jobId === job.id)
  return pack === undefined ? isActive(job.jobState) : !isActive(job.jobState) && pack.state !== job.jobState
}
