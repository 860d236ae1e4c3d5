import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Note } from '../../kit/note.tsx'
import { Progress } from '../../kit/progress.tsx'
import { useJob, usePortal } from '../../state/portal-context.tsx'
import { doing, typeName } from '../../text/job-words.ts'

/** A start was refused because a job of the same type is active: shows which one, and its progress. */
export function JobInTheWay({ id, onClose }: { id: string; onClose(): void }) {
  const { api, store } = usePortal()
  useQuery({
    queryKey: ['job', id],
    queryFn: async ({ signal }) => {
      const job = await api.job(id, signal)
      if (job !== null) store.put([job])
      return job !== null
    },
  })
  const job = useJob(id)
  const name = job === undefined ? 'This job' : typeName(job.jobType)
  return (
    <div role="alert">
      <Note icon="running" onClose={onClose}>
        <p>
          “{name}” is at work already.{' '}
          <Link to="/jobs/$id" params={{ id }}>
            Open it
          </Link>
        </p>
        {job === undefined ? null : (
          <>
            <p>{doing(job)}</p>
            <Progress percent={job.percentComplete} waiting={job.waitingReason !== null} label={`Progress of ${name}`} />
          </>
        )}
      </Note>
    </div>
  )
}
