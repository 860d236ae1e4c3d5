import { useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useRef, useState } from 'react'
import { useAnnounce } from '../../kit/announcer.tsx'
import { Button } from '../../kit/button.tsx'
import { ErrorNote } from '../../kit/error-note.tsx'
import { Note } from '../../kit/note.tsx'
import { Panel } from '../../kit/panel.tsx'
import { useOfflineReason, usePortal } from '../../state/portal-context.tsx'
import { useUser } from '../../state/queries.ts'
import classes from './account.module.css'

const SHORTEST = 4

/** A new password, typed twice. Changing it ends the other sessions of the user. */
export function PasswordPanel() {
  const { api } = usePortal()
  const { data: user } = useUser()
  const queries = useQueryClient()
  const offline = useOfflineReason()
  const announce = useAnnounce()
  const form = useRef<HTMLFormElement>(null)
  const [first, setFirst] = useState('')
  const [second, setSecond] = useState('')
  const [busy, setBusy] = useState(false)
  const [done, setDone] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const differs = second !== '' && first !== second
  const missing =
    first.length < SHORTEST ? `At least ${SHORTEST} characters` : first !== second ? 'Both fields must be the same' : null

  async function change(event: FormEvent): Promise<void> {
    event.preventDefault()
    if (missing !== null || busy) return
    setBusy(true)
    setError(null)
    try {
      await api.changePassword(first)
      setFirst('')
      setSecond('')
      setDone(true)
      announce('The password was changed')
      await Promise.all(['instance', 'sessions'].map((key) => queries.invalidateQueries({ queryKey: [key] })))
    } catch (problem) {
      setError(problem)
    } finally {
      setBusy(false)
    }
  }

  return (
    <Panel title="Password">
      <form ref={form} className={classes.form} onSubmit={(event) => void change(event)}>
        <input type="text" name="username" autoComplete="username" value={user?.username ?? ''} readOnly hidden />
        <label className={classes.field}>
          New password
          <input
            type="password"
            autoComplete="new-password"
            value={first}
            minLength={SHORTEST}
            onChange={(event) => setFirst(event.target.value)}
          />
        </label>
        <label className={classes.field}>
          The same again
          <input
            type="password"
            autoComplete="new-password"
            value={second}
            aria-invalid={differs}
            onChange={(event) => setSecond(event.target.value)}
          />
        </label>
        <p className={classes.hint} role="status">
          {differs ? 'The two passwords differ.' : 'Your other sessions end when the password changes. This one stays.'}
        </p>
        {error === null ? null : <ErrorNote error={error} />}
        {done ? <Note icon="completed">The password was changed. Other sessions of yours have ended.</Note> : null}
        <div>
          <Button kind="solid" type="submit" busy={busy} off={offline ?? missing}>
            Change password
          </Button>
        </div>
      </form>
    </Panel>
  )
}
