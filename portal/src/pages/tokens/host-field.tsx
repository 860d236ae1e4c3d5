import { type KeyboardEvent, useId } from 'react'
import { Button } from '../../kit/button.tsx'
import { NO_HOST } from '../../text/tokens-en.ts'
import { isHost } from './host-rule.ts'
import classes from './tokens.module.css'

interface HostFieldProps {
  hosts: readonly string[]
  typed: string
  wrong: string | null
  onTyped(typed: string): void
  onChange(hosts: readonly string[]): void
  onWrong(reason: string): void
}

/** The hosts of a token as chips, and a field to add more: several at once, with commas or spaces between them. */
export function HostField({ hosts, typed, wrong, onTyped, onChange, onWrong }: HostFieldProps) {
  const id = useId()

  function add(): void {
    const given = typed.split(/[\s,]+/).filter((each) => each !== '')
    if (given.length === 0) return
    if (given.every(isHost)) onChange([...new Set([...hosts, ...given])])
    else onWrong(NO_HOST)
  }

  function onKey(event: KeyboardEvent): void {
    if ((event.key !== 'Enter' && event.key !== ',') || typed.trim() === '') return
    // Otherwise Enter would submit the form.
    event.preventDefault()
    add()
  }

  return (
    <div className={classes.field}>
      <label htmlFor={id}>Hosts that may use it from a page</label>
      {hosts.length === 0 ? null : (
        <ul className={classes.chips} aria-label="Hosts">
          {hosts.map((host) => (
            <li key={host} className={classes.chip}>
              {host}
              <Button
                kind="quiet"
                icon="close"
                label={`Remove ${host}`}
                onClick={() => onChange(hosts.filter((each) => each !== host))}
              />
            </li>
          ))}
        </ul>
      )}
      <div className={classes.adding}>
        <input
          id={id}
          value={typed}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          inputMode="url"
          placeholder="example.com"
          aria-invalid={wrong !== null}
          aria-describedby={`${id}-hint`}
          onChange={(event) => onTyped(event.target.value)}
          onKeyDown={onKey}
        />
        <Button onClick={add}>Add</Button>
      </div>
      <p id={`${id}-hint`} className={wrong === null ? classes.hint : classes.wrong} role="status">
        {wrong ??
          (hosts.length === 0
            ? 'Empty: any page. Programs outside a browser name no host and may always use it.'
            : 'Programs outside a browser name no host and may always use it.')}
      </p>
    </div>
  )
}
