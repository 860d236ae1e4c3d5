import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { ApiError } from '../../api/errors.ts'
import { Bones } from '../../kit/bones.tsx'
import { Button } from '../../kit/button.tsx'
import { ErrorNote } from '../../kit/error-note.tsx'
import { Panel } from '../../kit/panel.tsx'
import { Age } from '../../kit/time.tsx'
import { useOfflineReason, usePortal } from '../../state/portal-context.tsx'
import classes from './account.module.css'

/** Where the user is signed in. A server that keeps no such list shows no panel. */
export function SessionsPanel() {
  const { api } = usePortal()
  const offline = useOfflineReason()
  const [problem, setProblem] = useState<unknown>(null)
  const { data, error, refetch } = useQuery({ queryKey: ['sessions'], queryFn: ({ signal }) => api.sessions(signal) })
  if (error instanceof ApiError && error.status === 404) return null

  async function end(id: string): Promise<void> {
    setProblem(null)
    try {
      await api.endSession(id)
    } catch (refused) {
      setProblem(refused)
    }
    await refetch()
  }

  return (
    <Panel title="Sessions">
      {error === null && problem === null ? null : <ErrorNote error={problem ?? error} onRetry={() => void refetch()} />}
      {data === undefined ? (
        error === null ? (
          <Bones rows={2} />
        ) : null
      ) : (
        <ul className={classes.sessions}>
          {data.map((session) => (
            <li key={session.id}>
              <span>
                Signed in <Age at={session.createdAt} />
                {session.lastUsedAt === null ? null : (
                  <span className={classes.muted}>
                    , used <Age at={session.lastUsedAt} />
                  </span>
                )}
              </span>
              {session.current ? (
                <span className={classes.muted}>This session</span>
              ) : (
                <Button off={offline} onClick={() => void end(session.id)}>
                  End
                </Button>
              )}
            </li>
          ))}
        </ul>
      )}
    </Panel>
  )
}
