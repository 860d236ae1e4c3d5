import { Button } from '../../kit/button.tsx'
import { Dialog } from '../../kit/dialog.tsx'
import { Note } from '../../kit/note.tsx'
import { usePortal } from '../../state/portal-context.tsx'
import { stepName, subject, typeName } from '../../text/job-words.ts'
import { counted } from '../../text/plural.ts'
import type { JobAction, RefusedAction } from './job-action.ts'
import classes from './jobs.module.css'

interface JobActionDialogProps {
  /** Null while there is nothing to confirm. */
  action: JobAction | null
  refused: readonly RefusedAction[]
  busy: boolean
  onConfirm(action: JobAction): void
  onClose(): void
}

/** Asks before jobs are cancelled or retried, and afterwards shows which of them the server refused. */
export function JobActionDialog({ action, refused, busy, onConfirm, onClose }: JobActionDialogProps) {
  if (refused.length > 0) {
    const closing = (
      <Button data-first onClick={onClose}>
        Close
      </Button>
    )
    return (
      <Dialog title="Not everything could be done" open={action !== null} onClose={onClose} actions={closing}>
        <Refusals refused={refused} />
      </Dialog>
    )
  }
  const verb = action?.kind === 'cancel' ? 'Cancel' : 'Retry'
  const jobs = action?.ids.length === 1 ? 'this job' : counted(action?.ids.length ?? 0, 'job')
  return (
    <Dialog
      title={`${verb} ${jobs}?`}
      open={action !== null}
      onClose={onClose}
      actions={action === null ? null : <Choices action={action} busy={busy} onConfirm={onConfirm} onClose={onClose} />}
    >
      {action === null ? null : <Consequences action={action} />}
    </Dialog>
  )
}

type ChoicesProps = Pick<JobActionDialogProps, 'busy' | 'onConfirm' | 'onClose'> & { action: JobAction }

function Choices({ action, busy, onConfirm, onClose }: ChoicesProps) {
  const cancelling = action.kind === 'cancel'
  const several = action.ids.length === 1 ? null : counted(action.ids.length, 'job')
  return (
    <>
      <Button data-first onClick={onClose}>
        {cancelling ? 'Keep running' : 'Leave as it is'}
      </Button>
      <Button kind={cancelling ? 'danger' : 'solid'} busy={busy} onClick={() => onConfirm(action)}>
        {cancelling ? `Cancel ${several ?? 'the job'}` : several === null ? 'Retry' : `Retry ${several}`}
      </Button>
    </>
  )
}

function Consequences({ action: { kind, ids, fromStep } }: { action: JobAction }) {
  const nameOf = useJobName()
  return (
    <>
      <p>
        {kind === 'cancel'
          ? 'What is already done stays. A running job stops at the next safe point, and its child jobs stop with it.'
          : fromStep === null
            ? 'Steps that finished are kept; the others run again.'
            : `Everything from “${stepName(fromStep)}” on runs again, even if it had finished.`}
      </p>
      <ul className={classes.names}>
        {ids.slice(0, 8).map((id) => (
          <li key={id}>{nameOf(id)}</li>
        ))}
        {ids.length > 8 ? <li>and {ids.length - 8} more</li> : null}
      </ul>
    </>
  )
}

function Refusals({ refused }: { refused: readonly RefusedAction[] }) {
  const nameOf = useJobName()
  return (
    <ul className={classes.refusals}>
      {refused.map(({ id, why }) => (
        <li key={id}>
          <Note icon="failed" kind="error">
            <strong>{nameOf(id)}</strong>: {why}
          </Note>
        </li>
      ))}
    </ul>
  )
}

function useJobName(): (id: string) => string {
  const { store } = usePortal()
  return (id) => {
    const job = store.get(id)
    if (job === undefined) return id
    const about = subject(job)
    return `${typeName(job.jobType)}${about === null ? '' : ` (${about})`}`
  }
}
