import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { Page } from '../../app/shell/page.tsx'
import { Bones } from '../../kit/bones.tsx'
import { Empty } from '../../kit/empty.tsx'
import { ErrorNote } from '../../kit/error-note.tsx'
import { Panel } from '../../kit/panel.tsx'
import { useJob, usePortal } from '../../state/portal-context.tsx'
import { subject, typeName } from '../../text/job-words.ts'
import { ChildrenPanel } from './children-panel.tsx'
import { JobHead } from './job-head.tsx'
import { LogAndDetails } from './log-and-details.tsx'
import { StepsPanel } from './steps-panel.tsx'
import { useJobLog } from './use-job-log.ts'

/** One job: what it does, its progress, what went wrong, and its log. */
export function JobPage() {
  const { id } = useParams({ from: '/shell/jobs/$id' })
  return <OneJob key={id} id={id} />
}

function OneJob({ id }: { id: string }) {
  const { api, store } = usePortal()
  const {
    data: found,
    error,
    refetch,
  } = useQuery({
    queryKey: ['job', id],
    queryFn: async ({ signal }) => {
      const job = await api.job(id, signal)
      if (job !== null) store.put([job])
      return job !== null
    },
    staleTime: 0,
  })
  const job = useJob(id)
  const log = useJobLog(id)
  const about = job === undefined ? null : subject(job)
  const title = job === undefined ? 'Job' : `${typeName(job.jobType)}${about === null ? '' : ` ${about}`}`
  const parent = <Link to="/jobs">Jobs</Link>

  if (found === false) {
    return (
      <Page title="No such job" parent={parent}>
        <Empty action={<Link to="/jobs">All jobs</Link>}>
          There is no job {id}. It may have been deleted by age, belong to another account, or the link is wrong.
        </Empty>
      </Page>
    )
  }
  return (
    <Page title={title} parent={parent}>
      {error === null ? null : <ErrorNote error={error} onRetry={() => void refetch()} />}
      {job === undefined ? (
        error === null ? (
          <Panel title="Job" flush>
            <Bones rows={6} />
          </Panel>
        ) : null
      ) : (
        <>
          <JobHead job={job} log={log} />
          <StepsPanel job={job} log={log} />
          <ChildrenPanel job={job} />
          <LogAndDetails job={job} log={log} />
        </>
      )}
    </Page>
  )
}
