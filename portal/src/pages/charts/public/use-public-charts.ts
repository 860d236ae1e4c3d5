import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import type { CellCounts } from '../../../api/charts-api.ts'
import { isActive, type JobSummary } from '../../../api/records.ts'
import { usePortal } from '../../../state/portal-context.tsx'
import { PUBLIC_SOURCES } from './sources.ts'

const ACTIVE_MILLISECONDS = 2_000
const IDLE_MILLISECONDS = 30_000
/** The counts of a source without charts. */
export const NONE: CellCounts = { all: 0, invented: 0 }

/** The newest refresh of public charts; read often while it runs. */
export function useLastRefresh() {
  const { api } = usePortal()
  return useQuery({
    queryKey: ['last-run', 'refresh-public-charts'],
    queryFn: ({ signal }) => api.jobs({ type: 'refresh-public-charts', parent: 'none', limit: 1 }, signal),
    select: ({ jobs }): JobSummary | null => jobs[0] ?? null,
    staleTime: 0,
    refetchInterval: ({ state }) => {
      const job = state.data?.jobs[0]
      return job !== undefined && isActive(job.jobState) ? ACTIVE_MILLISECONDS : IDLE_MILLISECONDS
    },
  })
}

/** The charts of each source and those that failed; read again when the refresh begins or ends. */
export function usePublicCharts(refresh: JobSummary | null | undefined) {
  const { charts } = usePortal()
  const queries = useQueryClient()
  const held = useQuery({
    queryKey: ['public-charts', 'held'],
    queryFn: async ({ signal }) => {
      const counts = await Promise.all(PUBLIC_SOURCES.map(({ id }) => charts.countCells(id, signal)))
      return new Map(PUBLIC_SOURCES.map(({ id }, n) => [id, counts[n] ?? NONE]))
    },
    staleTime: 0,
  })
  const failures = useQuery({
    queryKey: ['public-charts', 'failures'],
    queryFn: ({ signal }) => charts.publicFailures(signal),
    staleTime: 0,
  })
  const state = refresh === null || refresh === undefined ? '' : `${refresh.id} ${refresh.jobState}`
  useEffect(() => {
    if (state === '') return
    void queries.invalidateQueries({ queryKey: ['public-charts'] })
    void queries.invalidateQueries({ queryKey: ['instance'] })
  }, [queries, state])
  return { held, failures }
}
