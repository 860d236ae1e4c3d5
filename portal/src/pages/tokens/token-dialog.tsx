import { useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useEffect, useId, useRef, useState } from 'react'
import type { AccountToken } from '../../api/tokens-api.ts'
import { Button } from '../../kit/button.tsx'
import { Dialog } from '../../kit/dialog.tsx'
import { ErrorNote } from '../../kit/error-note.tsx'
import { usePortal } from '../../state/portal-context.tsx'
import { NO_HOST } from '../../text/tokens-en.ts'
import { HostField } from './host-field.tsx'
import { isHost } from './host-rule.ts'
import { HostTest } from './host-test.tsx'
import classes from './tokens.module.css'

interface TokenDialogProps {
  open: boolean
  /** The token to change; null to make one. */
  token: AccountToken | null
  onClose(): void
  /** Called with the handle of the token once it is made or changed. */
  onDone?: ((handle: string) => void) | undefined
}

/** Name and hosts of a token, new or to be changed. */
export function TokenDialog({ open, token, onClose, onDone }: TokenDialogProps) {
  const name = useRef<HTMLInputElement>(null)
  const form = useId()
  const { state, busy, error, save, setState } = useTokenForm({ open, token, onClose, onDone })
  const noName = state.name.trim() === '' ? 'Give the token a name' : null
  return (
    <Dialog
      title={token === null ? 'Make a token' : `Change ${token.name}`}
      open={open}
      onClose={onClose}
      initialFocus={name}
      wide
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button kind="solid" type="submit" form={form} busy={busy} off={noName}>
            {token === null ? 'Make token' : 'Save'}
          </Button>
        </>
      }
    >
      <form id={form} className={classes.form} onSubmit={(event) => void save(event)}>
        <label className={classes.field}>
          Name
          <input
            ref={name}
            value={state.name}
            maxLength={200}
            autoComplete="off"
            placeholder="What will use it, such as Plotter on the bridge"
            onChange={(event) => setState({ ...state, name: event.target.value })}
          />
        </label>
        <HostField
          hosts={state.hosts}
          typed={state.typed}
          wrong={state.wrong}
          onTyped={(typed) => setState({ ...state, typed, wrong: null })}
          onChange={(hosts) => setState({ ...state, hosts, typed: '', wrong: null })}
          onWrong={(wrong) => setState({ ...state, wrong })}
        />
        <HostTest hosts={state.hosts} />
        {error === null ? null : <ErrorNote error={error} />}
      </form>
    </Dialog>
  )
}

interface FormState {
  name: string
  hosts: readonly string[]
  /** What is in the field and has not been added. */
  typed: string
  /** Why it cannot be added. */
  wrong: string | null
}

function useTokenForm({ open, token, onClose, onDone }: TokenDialogProps) {
  const { tokens: api } = usePortal()
  const queries = useQueryClient()
  const [state, setState] = useState<FormState>(stateOf(null))
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)

  useEffect(() => {
    if (!open) return
    setState(stateOf(token))
    setError(null)
  }, [open, token])

  async function save(event: FormEvent): Promise<void> {
    event.preventDefault()
    if (busy || state.name.trim() === '') return
    const typed = state.typed.trim()
    // Text that was typed but not added counts too.
    if (typed !== '' && !isHost(typed)) return setState({ ...state, wrong: NO_HOST })
    const hosts = typed === '' || state.hosts.includes(typed) ? state.hosts : [...state.hosts, typed]
    const settings = { name: state.name.trim(), hosts }
    setBusy(true)
    setError(null)
    try {
      const handle = token === null ? await api.create(settings) : token.handle
      if (token !== null) await api.change(handle, settings)
      await queries.invalidateQueries({ queryKey: ['tokens'] })
      onClose()
      onDone?.(handle)
    } catch (problem) {
      setError(problem)
    } finally {
      setBusy(false)
    }
  }

  return { state, busy, error, save, setState }
}

function stateOf(token: AccountToken | null): FormState {
  return { name: token?.name ?? '', hosts: token?.restrictions?.hosts ?? [], typed: '', wrong: null }
}
