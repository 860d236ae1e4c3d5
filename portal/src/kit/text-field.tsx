import { type ReactNode, useId } from 'react'
import { ApiError } from '../api/errors.ts'
import classes from './text-field.module.css'

export interface TextFieldProps {
  label: string
  value: string
  onChange(value: string): void
  type?: 'text' | 'password' | 'url'
  autoComplete?: string
  maxLength?: number
  /** What the field takes, below it. */
  hint?: ReactNode
  /** What is wrong with the value; takes the place of the hint. */
  wrong?: string | null
  /** The field that has the focus when a dialog opens. */
  first?: boolean
}

/** A line of text with its name above it, and what is wrong with it below. */
export function TextField({ label, value, onChange, hint, wrong = null, first = false, ...rest }: TextFieldProps) {
  const id = useId()
  const note = wrong ?? hint
  return (
    <div className={classes.field}>
      <label htmlFor={id}>{label}</label>
      <input
        type="text"
        autoComplete="off"
        {...rest}
        id={id}
        value={value}
        data-first={first || undefined}
        aria-invalid={wrong !== null || undefined}
        aria-describedby={note === undefined ? undefined : `${id}-note`}
        onChange={(event) => onChange(event.target.value)}
      />
      {note === undefined ? null : (
        <p id={`${id}-note`} className={wrong === null ? classes.hint : classes.wrong}>
          {note}
        </p>
      )}
    </div>
  )
}

/** What the server said about one field of a refused form: `fieldProblem(error, '/username')`. */
export function fieldProblem(error: unknown, field: string): string | null {
  const found = error instanceof ApiError ? error.fields.find((each) => each.field === field) : undefined
  return found === undefined ? null : `${found.message.charAt(0).toUpperCase()}${found.message.slice(1)}.`
}
