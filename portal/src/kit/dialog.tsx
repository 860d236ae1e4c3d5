import { type ReactNode, type RefObject, useEffect, useId, useRef } from 'react'
import { Button } from './button.tsx'
import classes from './dialog.module.css'

export interface DialogProps {
  title: string
  open: boolean
  onClose(): void
  children: ReactNode
  /** Buttons, the harmless one first: it takes the focus. */
  actions?: ReactNode
  /** Where the focus begins, when it is not the first button. */
  initialFocus?: RefObject<HTMLElement | null>
  /** A dialog that Escape does not close, because the page cannot go on without it. */
  required?: boolean
  wide?: boolean
}

/**
 * A modal dialog. The native element keeps the focus inside, makes the page behind it inert, and gives the focus back when it closes.
 */
export function Dialog({ title, open, onClose, children, actions, initialFocus, required = false, wide = false }: DialogProps) {
  const element = useRef<HTMLDialogElement>(null)
  const heading = useId()

  useEffect(() => {
    const dialog = element.current
    if (dialog === null) return
    if (open && !dialog.open) {
      dialog.showModal()
      const first = initialFocus?.current ?? dialog.querySelector<HTMLElement>('[data-first]') ?? dialog
      first.focus()
    }
    if (!open && dialog.open) dialog.close()
  }, [open, initialFocus])

  return (
    <dialog
      ref={element}
      className={`${classes.dialog} ${wide ? classes.wide : ''}`}
      aria-labelledby={heading}
      tabIndex={-1}
      onCancel={(event) => {
        event.preventDefault()
        if (!required) onClose()
      }}
      onClose={() => {
        if (open) onClose()
      }}
    >
      {open ? (
        <>
          <header className={classes.head}>
            <h2 id={heading} className={classes.title}>
              {title}
            </h2>
            {required ? null : <Button kind="quiet" icon="close" label="Close" onClick={onClose} />}
          </header>
          <div className={classes.body}>{children}</div>
          {actions === undefined ? null : <footer className={classes.actions}>{actions}</footer>}
        </>
      ) : null}
    </dialog>
  )
}
