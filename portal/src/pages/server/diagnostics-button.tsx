import { useState } from 'react'
import { useAnnounce } from '../../kit/announcer.tsx'
import { Button } from '../../kit/button.tsx'
import { messageOf } from '../../kit/error-note.tsx'
import { useOfflineReason, usePortal } from '../../state/portal-context.tsx'
import { downloadText } from '../job/download-text.ts'
import classes from './server.module.css'

/** Saves everything that helps to find a fault as one file. */
export function DiagnosticsButton() {
  const { admin, clock } = usePortal()
  const offline = useOfflineReason()
  const announce = useAnnounce()
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<unknown>(null)

  async function save(): Promise<void> {
    setBusy(true)
    setProblem(null)
    try {
      const content = JSON.stringify(await admin.diagnostics(), null, 2)
      downloadText(`chartroom-diagnostics-${new Date(clock.now()).toISOString().slice(0, 10)}.json`, content)
      announce('The diagnostics were saved')
    } catch (error) {
      setProblem(error)
    } finally {
      setBusy(false)
    }
  }

  return (
    <>
      {problem === null ? null : (
        <span role="alert" className={classes.failed}>
          {messageOf(problem)}
        </span>
      )}
      <Button
        icon="download"
        busy={busy}
        off={offline}
        title="Settings, checks, processes, failed jobs and the last log lines in one file, without secrets"
        onClick={() => void save()}
      >
        Download diagnostics
      </Button>
    </>
  )
}
