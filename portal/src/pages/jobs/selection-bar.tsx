import { Button } from '../../kit/button.tsx'
import { useOfflineReason, usePortal } from '../../state/portal-context.tsx'
import { useUser } from '../../state/queries.ts'
import { counted } from '../../text/plural.ts'
import { canCancel, canRetry } from './job-rights.ts'
import classes from './jobs.module.css'
import type { JobActions } from './use-job-actions.tsx'

/** The actions for the selected jobs, each with the number of jobs that it applies to. */
export function SelectionBar({ ids, actions, onClear }: { ids: readonly string[]; actions: JobActions; onClear(): void }) {
  const { store } = usePortal()
  const { data: user } = useUser()
  const offline = useOfflineReason()
  if (ids.length === 0) return null
  const jobs = ids.flatMap((id) => store.get(id) ?? [])
  const cancellable = jobs.filter((job) => canCancel(job, user)).length
  const retriable = jobs.filter((job) => canRetry(job, user)).length
  return (
    <section className={classes.selection} aria-label="Selected jobs">
      <p>{counted(ids.length, 'job')} selected</p>
      <Button
        icon="cancelling"
        off={offline ?? (cancellable === 0 ? 'None of them can be cancelled' : null)}
        onClick={() => actions.cancel(ids)}
      >
        {`Cancel${share(cancellable, ids.length)}`}
      </Button>
      <Button
        icon="retry"
        off={offline ?? (retriable === 0 ? 'None of them can be retried' : null)}
        onClick={() => actions.retry(ids)}
      >
        {`Retry${share(retriable, ids.length)}`}
      </Button>
      <Button kind="quiet" icon="close" label="Clear the selection" onClick={onClear} />
    </section>
  )
}

function share(able: number, all: number): string {
  return able === 0 || able === all ? '' : ` ${able} of ${all}`
}
