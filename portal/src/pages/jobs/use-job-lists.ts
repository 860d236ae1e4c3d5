import { useCallback, useEffect, useState } from 'react'
import { createJobList, type JobList } from '../../live/job-list.ts'
import type { Portal } from '../../state/portal.ts'
import { usePortal, useReset } from '../../state/portal-context.tsx'
import { fits, type JobFilter, sectionStates } from './job-filter.ts'

const PAGE = 50
const MOST_ACTIVE = 200

export interface JobLists {
  now: JobList
  earlier: JobList
}

/** The two lists of the Jobs page: what is at work, and what has ended. They are read again when the filter changes. */
export function useJobLists(filter: JobFilter): JobLists | null {
  const portal = usePortal()
  const [lists, setLists] = useState<JobLists | null>(null)
  const key = JSON.stringify(filter)

  useEffect(() => {
    const made = createLists(portal, JSON.parse(key) as JobFilter)
    setLists(made)
    void made.now.read()
    void made.earlier.read()
    return () => {
      made.now.dispose()
      made.earlier.dispose()
    }
  }, [portal, key])

  useReset(
    useCallback(async () => {
      await Promise.all([lists?.now.read(), lists?.earlier.read()])
    }, [lists]),
  )
  return lists
}

function createLists({ api, store }: Portal, filter: JobFilter): JobLists {
  const states = sectionStates(filter)
  const common = { type: filter.type, accountId: filter.account, parent: filter.children === true ? undefined : 'none' }
  const section = (wanted: typeof states.now, limit: number): JobList =>
    createJobList({
      store,
      readJob: (id, signal) => api.job(id, signal),
      belongs: (job) => wanted.includes(job.jobState) && fits(filter, job),
      readPage: async (cursor, signal) => {
        if (wanted.length === 0) return { jobs: [], pagination: { limit, offset: 0, total: 0, nextCursor: null } }
        return await api.jobs({ ...common, states: wanted, limit, cursor }, signal)
      },
    })
  return { now: section(states.now, MOST_ACTIVE), earlier: section(states.earlier, PAGE) }
}
