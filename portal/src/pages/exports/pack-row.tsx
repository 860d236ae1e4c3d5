import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { Pack } from '../../api/exports-api.ts'
import { useAnnounce } from '../../kit/announcer.tsx'
import { Button } from '../../kit/button.tsx'
import { messageOf } from '../../kit/error-note.tsx'
import { Progress } from '../../kit/progress.tsx'
import { StateLabel } from '../../kit/state-label.tsx'
import { Age, Until } from '../../kit/time.tsx'
import { useJob, useOfflineReason, usePortal, usePreferences } from '../../state/portal-context.tsx'
import { packSummary } from '../../text/exports-en.ts'
import { doing, outcome } from '../../text/job-words.ts'
import { bytes } from '../../text/sizes.ts'
import { positionText } from '../map/position-text.ts'
import { cornersOf } from './box.ts'
import classes from './exports.module.css'
import { boxOf } from './pack-form.ts'
import { packState } from './pack-state.ts'

export interface PackRowProps {
  pack: Pack
  onAgain(pack: Pack): void
  onDelete(pack: Pack): void
}

/** A pack: what it holds, how far it is, and what can be done with it. */
export function PackRow({ pack, onAgain, onDelete }: PackRowProps) {
  const { positionFormat } = usePreferences()
  const { southWest, northEast } = cornersOf(boxOf(pack))
  return (
    <tr>
      <td>
        {pack.fileName}
        <p className={classes.muted}>{packSummary(pack)}</p>
        <p className={classes.muted}>
          {positionText(southWest, positionFormat)} to {positionText(northEast, positionFormat)}
        </p>
        <p className={`${classes.muted} ${classes.below}`}>
          {pack.fileSize === null ? null : <span className={classes.sizeBelow}>{bytes(pack.fileSize)}, </span>}
          {pack.creatorEmail}, <Age at={pack.createdAt} />
        </p>
      </td>
      <td>
        <PackProgress pack={pack} />
      </td>
      <td>{pack.fileSize === null ? '' : bytes(pack.fileSize)}</td>
      <td data-expires={pack.expiresAt === null ? undefined : ''}>
        {pack.expiresAt === null ? '' : <Until at={pack.expiresAt} />}
      </td>
      <td>
        {pack.creatorEmail}, <Age at={pack.createdAt} />
      </td>
      <td>
        <span className={classes.actions}>
          <Download pack={pack} />
          <Button kind="quiet" icon="retry" label={`Make ${pack.fileName} again`} onClick={() => onAgain(pack)} />
          <Button kind="quiet" icon="trash" label={`Delete ${pack.fileName}`} onClick={() => onDelete(pack)} />
        </span>
      </td>
    </tr>
  )
}

function PackProgress({ pack }: { pack: Pack }) {
  const job = useJob(pack.jobId)
  const state = packState(pack, job)
  const works = state === 'pending' || state === 'running' || state === 'cancelling'
  const words = job === undefined ? null : works ? doing(job) : state === 'failed' ? outcome(job) : null
  return (
    <>
      <Link to="/jobs/$id" params={{ id: pack.jobId }} className={classes.state} title="The job that makes it">
        <StateLabel state={state} />
      </Link>
      {words === null ? null : <p className={state === 'failed' ? classes.bad : classes.muted}>{words}</p>}
      {works ? (
        <Progress
          percent={job?.percentComplete ?? pack.percentComplete}
          waiting={state === 'pending'}
          label={`Making ${pack.fileName}`}
        />
      ) : null}
    </>
  )
}

function Download({ pack }: { pack: Pack }) {
  const { exports } = usePortal()
  const offline = useOfflineReason()
  const announce = useAnnounce()
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<string | null>(null)
  if (pack.state !== 'completed') return null

  async function begin(): Promise<void> {
    setBusy(true)
    setFailure(null)
    try {
      const link = document.createElement('a')
      link.href = await exports.downloadAddress(pack.id)
      link.download = pack.fileName
      link.click()
      announce(`${pack.fileName} is being downloaded`)
    } catch (problem) {
      setFailure(messageOf(problem))
    } finally {
      setBusy(false)
    }
  }
  return (
    <>
      <Button icon="download" busy={busy} off={offline} aria-label={`Download ${pack.fileName}`} onClick={() => void begin()}>
        Download
      </Button>
      {failure === null ? null : (
        <span className={classes.bad} role="alert">
          {failure}
        </span>
      )}
    </>
  )
}
