import { type ReactNode, useState } from 'react'
import { useAnnounce } from '../../kit/announcer.tsx'
import { Button } from '../../kit/button.tsx'
import { Dialog } from '../../kit/dialog.tsx'
import { messageOf } from '../../kit/error-note.tsx'
import { Note } from '../../kit/note.tsx'
import { usePortal } from '../../state/portal-context.tsx'
import { useUser } from '../../state/queries.ts'
import { stepName, subject, typeName } from '../../text/job-words.ts'
import { counted } from '../../text/plural.ts'
import { canCancel, canRetry } from './job-rights.ts'
import classes from './jobs.module.css'

type Action = 'cancel' | 'retry'

interface Asked {
  action: Action
  ids: string[]
  /** The step to begin at; null for the first that has not finished. */
  fromStep: string | null
}

interface Refused {
  id: string
  why: string
}

export interface JobActions {
  /** Asks before it cancels those of the jobs that can be cancelled. */
  cancel(ids: readonly string[]): void
  retry(ids: readonly string[], fromStep?: string | null): void
  /** The dialog; to be drawn by the page. */
  dialog: ReactNode
}

/** Cancelling and retrying, one job or many: asked first, done four at a time, each refusal told. Nothing is assumed: records come back. */
export function useJobActions(): JobActions {
  const { api, store } = usePortal()
  const { data: user } = useUser()
  const announce = useAnnounce()
  const [asked, setAsked] = useState<Asked | null>(null)
  const [busy, setBusy] = useState(false)
  const [refused, setRefused] = useState<Refused[]>([])

  function ask(action: Action, ids: readonly string[], fromStep: string | null = null): void {
    const can = action === 'cancel' ? canCancel : canRetry
    const able = ids.filter((id) => {
      const job = store.get(id)
      return job !== undefined && can(job, user)
    })
    if (able.length > 0) setAsked({ action, ids: able, fromStep })
  }

  async function one({ action, fromStep }: Asked, id: string): Promise<Refused | null> {
    try {
      if (action === 'cancel') await api.cancel(id)
      else await api.retry(id, fromStep)
      const job = await api.job(id)
      if (job !== null) store.put([job])
      return null
    } catch (error) {
      return { id, why: messageOf(error) }
    }
  }

  async function run(wanted: Asked): Promise<void> {
    setBusy(true)
    const outcomes: (Refused | null)[] = []
    for (let from = 0; from < wanted.ids.length; from += 4) {
      outcomes.push(...(await Promise.all(wanted.ids.slice(from, from + 4).map((id) => one(wanted, id)))))
    }
    const failures = outcomes.filter((outcome) => outcome !== null)
    setBusy(false)
    setRefused(failures)
    if (failures.length === 0) setAsked(null)
    const done = wanted.ids.length - failures.length
    announce(
      `${counted(done, 'job')} ${wanted.action === 'cancel' ? 'asked to stop' : 'started again'}${failures.length > 0 ? `, ${failures.length} refused` : ''}`,
    )
  }

  function close(): void {
    setAsked(null)
    setRefused([])
  }

  function nameOf(id: string): string {
    const job = store.get(id)
    if (job === undefined) return id
    const about = subject(job)
    return `${typeName(job.jobType)}${about === null ? '' : ` (${about})`}`
  }

  const cancelling = asked?.action === 'cancel'
  const count = asked?.ids.length ?? 0
  const title = cancelling
    ? `Cancel ${count === 1 ? 'this job' : counted(count, 'job')}?`
    : `Retry ${count === 1 ? 'this job' : counted(count, 'job')}?`
  const dialog = (
    <Dialog
      title={refused.length > 0 ? 'Not everything could be done' : title}
      open={asked !== null}
      onClose={close}
      actions={
        refused.length > 0 ? (
          <Button data-first onClick={close}>
            Close
          </Button>
        ) : (
          <>
            <Button data-first onClick={close}>
              {cancelling ? 'Keep running' : 'Leave as it is'}
            </Button>
            <Button kind={cancelling ? 'danger' : 'solid'} busy={busy} onClick={() => asked !== null && void run(asked)}>
              {cancelling
                ? count === 1
                  ? 'Cancel the job'
                  : `Cancel ${counted(count, 'job')}`
                : count === 1
                  ? 'Retry'
                  : `Retry ${counted(count, 'job')}`}
            </Button>
          </>
        )
      }
    >
      {asked === null ? null : refused.length > 0 ? (
        <ul className={classes.refusals}>
          {refused.map(({ id, why }) => (
            <li key={id}>
              <Note icon="failed" kind="error">
                <strong>{nameOf(id)}</strong>: {why}
              </Note>
            </li>
          ))}
        </ul>
      ) : (
        <>
          <p>
            {cancelling
              ? 'What is already done stays. A running job stops at the next safe point, and its child jobs stop with it.'
              : asked.fromStep === null
                ? 'Steps that finished are kept; the others run again.'
                : `Everything from “${stepName(asked.fromStep)}” on runs again, even if it had finished.`}
          </p>
          <ul className={classes.names}>
            {asked.ids.slice(0, 8).map((id) => (
              <li key={id}>{nameOf(id)}</li>
            ))}
            {asked.ids.length > 8 ? <li>and {asked.ids.length - 8} more</li> : null}
          </ul>
        </>
      )}
    </Dialog>
  )
  return { cancel: (ids) => ask('cancel', ids), retry: (ids, fromStep) => ask('retry', ids, fromStep ?? null), dialog }
}
