import { useState } from 'react'
import { Button } from '../../kit/button.tsx'
import { Dialog } from '../../kit/dialog.tsx'
import { ErrorNote } from '../../kit/error-note.tsx'
import classes from './jobs.module.css'

/** NOAA's conditions, before the first download of its charts. */
export function AgreementDialog({ open, onClose, onAccept }: { open: boolean; onClose(): void; onAccept(): Promise<void> }) {
  const [read, setRead] = useState(false)
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)

  async function accept(): Promise<void> {
    setBusy(true)
    setError(null)
    try {
      await onAccept()
    } catch (problem) {
      setError(problem)
    } finally {
      setBusy(false)
    }
  }

  return (
    <Dialog
      title="NOAA's conditions"
      open={open}
      onClose={onClose}
      actions={
        <>
          <Button data-first onClick={onClose}>
            Not now
          </Button>
          <Button
            kind="solid"
            busy={busy}
            off={read ? null : 'Tick that you have read the conditions'}
            onClick={() => void accept()}
          >
            Accept and refresh
          </Button>
        </>
      }
    >
      <p>
        The public charts come from NOAA, the hydrographic office of the United States, which publishes them free of charge on
        these conditions:
      </p>
      <ul className={classes.conditions}>
        <li>Charts that are copied, converted or shown by this server do not meet the carriage requirements for navigation.</li>
        <li>
          Whatever is made of the charts in another form is the liability of those who make it, and the same conditions apply to
          it.
        </li>
        <li>Charts go out of date. Refresh them regularly.</li>
      </ul>
      <p>
        <a href="https://www.charts.noaa.gov/ENCs/ENC_Agreement.shtml" target="_blank" rel="noopener noreferrer">
          The full text of the agreement
        </a>{' '}
        opens in a new window.
      </p>
      <label className={classes.tick}>
        <input type="checkbox" checked={read} onChange={(event) => setRead(event.target.checked)} />I have read the conditions,
        and accept them for this server.
      </label>
      {error === null ? null : <ErrorNote error={error} />}
    </Dialog>
  )
}
