import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { ApiError } from '../../api/errors.ts'
import type { UserSession } from '../../api/records.ts'
import { Bones } from '../../kit/bones.tsx'
import { Button } from '../../kit/button.tsx'
import { ErrorNote } from '../../kit/error-note.tsx'
import { Panel } from '../../kit/panel.tsx'
import { Age } from '../../kit/time.tsx'
import { useOfflineReason, usePortal } from '../../state/portal-context.tsx'
import { browserWords } from '../../text/browser-words.ts'
import classes from './account.module.css'

/** Where the user is signed in. Without such a list from the server, there is no panel. */
export function SessionsPanel() {
  const { api } = usePortal()
  const offline = useOfflineReason()
  const [problem, setProblem] = useState<unknown>(null)
  const [busy, setBusy] = useState(false)
  const { data, error, refetch } = useQuery({
    queryKey: ['sessions'],
    queryFn: ({ signal }) => api.sessions(signal),
    staleTime: 0,
  })
  if (error instanceof ApiError && error.status === 404) return null
  const others = data?.filter(({ current }) => !current) ?? []

  async function endSession(id: string): Promise<void> {
    try {
      await api.endSession(id)
    } catch (refused) {
      // It has already ended, which is what the user wanted.
      if (!(refused instanceof ApiError && refused.status === 404)) throw refused
    }
  }

  async function end(sessions: readonly UserSession[]): Promise<void> {
    setProblem(null)
    setBusy(true)
    try {
      for (const { id } of sessions) await endSession(id)
    } catch (refused) {
      setProblem(refused)
    } finally {
      setBusy(false)
    }
    await refetch()
  }

  return (
    <Panel
      title="Sessions"
      actions={
        others.length < 2 ? undefined : (
          <Button off={offline} busy={busy} onClick={() => void end(others)}>
            End all others
          </Button>
        )
      }
    >
      {error === null && problem === null ? null : <ErrorNote error={problem ?? error} onRetry={() => void refetch()} />}
      {data === undefined ? (
        error === null ? (
          <Bones rows={2} />
        ) : null
      ) : (
        <ul className={classes.sessions}>
          {data.map((session) => (
            <SessionRow key={session.id} session={session} off={offline} busy={busy} onEnd={() => void end([session])} />
          ))}
        </ul>
      )}
    </Panel>
  )
}

interface SessionRowProps {
  session: UserSession
  off: string | null
  busy: boolean
  onEnd(): void
}

function SessionRow({ session, off, busy, onEnd }: SessionRowProps) {
  const program = browserWords(session.userAgent)
  return (
    <li>
      <span>
        {program}
        <span className={classes.muted}>
          , signed in <Age at={session.createdAt} />
          {session.lastUsedAt === null ? null : (
            <>
              , used <Age at={session.lastUsedAt} />
            </>
          )}
        </span>
      </span>
      {session.current ? (
        <span className={classes.muted}>This session</span>
      ) : (
        <Button off={off} busy={busy} aria-label={`End the session of ${program}`} onClick={onEnd}>
          End
        </Button>
      )}
    </li>
  )
}
