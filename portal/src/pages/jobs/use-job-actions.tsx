import { type ReactNode, useState } from 'react'
import { useAnnounce } from '../../kit/announcer.tsx'
import { messageOf } from '../../kit/error-note.tsx'
import { usePortal } from '../../state/portal-context.tsx'
import { useUser } from '../../state/queries.ts'
import { actionOutcome, type JobAction, type RefusedAction } from './job-action.ts'
import { JobActionDialog } from './job-action-dialog.tsx'
import { canCancel, canRetry } from './job-rights.ts'

export interface JobActions {
  /** Asks before it cancels those of the jobs that can be cancelled. */
  cancel(ids: readonly string[]): void
  retry(ids: readonly string[], fromStep?: string | null): void
  /** The dialog, for the page to render. */
  dialog: ReactNode
}

/**
 * Cancels or retries one job or many: confirmed first, done four at a time, each refusal shown. Nothing is assumed, because the server
 * returns the records.
 */
export function useJobActions(): JobActions {
  const { api, store } = usePortal()
  const { data: user } = useUser()
  const announce = useAnnounce()
  const [asked, setAsked] = useState<JobAction | null>(null)
  const [busy, setBusy] = useState(false)
  const [refused, setRefused] = useState<RefusedAction[]>([])

  function ask(kind: JobAction['kind'], ids: readonly string[], fromStep: string | null = null): void {
    const can = kind === 'cancel' ? canCancel : canRetry
    const able = ids.filter((id) => {
      const job = store.get(id)
      return job !== undefined && can(job, user)
    })
    if (able.length > 0) setAsked({ kind, ids: able, fromStep })
  }

  async function one({ kind, fromStep }: JobAction, id: string): Promise<RefusedAction | null> {
    try {
      if (kind === 'cancel') await api.cancel(id)
      else await api.retry(id, fromStep)
      const job = await api.job(id)
      if (job !== null) store.put([job])
      return null
    } catch (error) {
      return { id, why: messageOf(error) }
    }
  }

  async function run(action: JobAction): Promise<void> {
    setBusy(true)
    const outcomes: (RefusedAction | null)[] = []
    for (let from = 0; from < action.ids.length; from += 4) {
      outcomes.push(...(await Promise.all(action.ids.slice(from, from + 4).map((id) => one(action, id)))))
    }
    const refusals = outcomes.filter((outcome) => outcome !== null)
    setBusy(false)
    setRefused(refusals)
    if (refusals.length === 0) setAsked(null)
    announce(actionOutcome(action, refusals.length))
  }

  function close(): void {
    setAsked(null)
    setRefused([])
  }

  const dialog = (
    <JobActionDialog action={asked} refused={refused} busy={busy} onConfirm={(action) => void run(action)} onClose={close} />
  )
  return { cancel: (ids) => ask('cancel', ids), retry: (ids, fromStep) => ask('retry', ids, fromStep ?? null), dialog }
}
