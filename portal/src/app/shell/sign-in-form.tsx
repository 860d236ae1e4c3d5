import { type FormEvent, type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { ApiError } from '../../api/errors.ts'
import type { Session } from '../../api/session-store.ts'
import { Button } from '../../kit/button.tsx'
import { messageOf } from '../../kit/error-note.tsx'
import { Note } from '../../kit/note.tsx'
import { usePortal } from '../../state/portal-context.tsx'
import classes from './sign-in.module.css'

/** User name and password. It works with password managers, warns about caps lock, and waits for a server that is starting. */
export function SignInForm({
  username,
  keep,
  onSignedIn,
}: {
  username: string
  keep: boolean
  onSignedIn(session: Session): void
}) {
  const { api } = usePortal()
  const name = useRef<HTMLInputElement>(null)
  const password = useRef<HTMLInputElement>(null)
  const [kept, setKept] = useState(keep)
  const [capsLock, setCapsLock] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const [busy, setBusy] = useState(false)
  const wait = useCountdown(error instanceof ApiError && error.status === 429 ? error : null)

  useEffect(() => {
    const first = username === '' ? name.current : password.current
    first?.focus()
  }, [username])

  async function submit(event?: FormEvent): Promise<void> {
    event?.preventDefault()
    const [user, secret] = [name.current?.value ?? '', password.current?.value ?? '']
    if (busy || wait > 0 || user === '' || secret === '') return
    setBusy(true)
    try {
      const { token, user: found } = await api.login(user, secret)
      onSignedIn({ token: token.id, username: found.username, userId: found.userId, keep: kept })
    } catch (problem) {
      setError(problem)
      if (problem instanceof ApiError && problem.status === 401) password.current?.select()
    } finally {
      setBusy(false)
    }
  }

  // A server that is starting says so; the sign-in then continues by itself.
  useEffect(() => {
    if (!(error instanceof ApiError && error.status === 503)) return
    const timer = setTimeout(() => void submit(), 1_000 * (error.retryAfter ?? 2))
    return () => clearTimeout(timer)
  })

  const readCapsLock = (event: KeyboardEvent) => setCapsLock(event.getModifierState('CapsLock'))
  return (
    <form className={classes.form} onSubmit={(event) => void submit(event)}>
      <label className={classes.field}>
        User name
        <input
          ref={name}
          name="username"
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          defaultValue={username}
          required
        />
      </label>
      <label className={classes.field}>
        Password
        <input
          ref={password}
          name="password"
          type="password"
          autoComplete="current-password"
          required
          onKeyDown={readCapsLock}
          onKeyUp={readCapsLock}
          aria-describedby="sign-in-hint"
        />
      </label>
      <p id="sign-in-hint" className={classes.hint} role="status">
        {capsLock ? 'Caps lock is on.' : ''}
      </p>
      <label className={classes.keep}>
        <input type="checkbox" checked={kept} onChange={(event) => setKept(event.target.checked)} />
        Keep me signed in on this device
      </label>
      {error === null || busy ? null : <SignInError error={error} wait={wait} />}
      <Button kind="solid" type="submit" busy={busy} off={wait > 0 ? `Wait ${wait} s` : null}>
        {busy ? 'Signing in' : 'Sign in'}
      </Button>
    </form>
  )
}

function SignInError({ error, wait }: { error: unknown; wait: number }) {
  const status = error instanceof ApiError ? error.status : 0
  if (status === 503) return <Note icon="clock">The server is starting. Signing in continues by itself.</Note>
  if (status === 429) {
    return (
      <Note icon="clock" kind="waiting">
        {wait > 0 ? `Too many failed attempts. Wait ${wait} s, then try again.` : 'You may try again now.'}
      </Note>
    )
  }
  return (
    <div role="alert">
      <Note icon="failed" kind="error">
        {status === 401 ? 'The user name or the password is wrong.' : messageOf(error)}
      </Note>
    </div>
  )
}

/** The seconds left to wait after a refusal. */
function useCountdown(refusal: ApiError | null): number {
  const [left, setLeft] = useState(0)
  useEffect(() => {
    if (refusal === null) {
      setLeft(0)
      return
    }
    const end = performance.now() + 1_000 * (refusal.retryAfter ?? 30)
    const tick = () => setLeft(Math.max(0, Math.ceil((end - performance.now()) / 1_000)))
    tick()
    const timer = setInterval(tick, 500)
    return () => clearInterval(timer)
  }, [refusal])
  return left
}
