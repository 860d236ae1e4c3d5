import { type ReactNode, type RefObject, useEffect, useId, useLayoutEffect, useRef } from 'react'
import { Button } from './button.tsx'
import classes from './dialog.module.css'
import { openerOf, returnFocus } from './return-focus.ts'

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
 * A modal dialog. The native element keeps the focus inside and makes the page behind it inert; when it closes or is removed from the page,
 * the focus returns to where it came from.
 */
export function Dialog({ title, open, onClose, children, actions, initialFocus, required = false, wide = false }: DialogProps) {
  const element = useRef<HTMLDialogElement>(null)
  const opener = useRef<HTMLElement | null>(null)
  const wasOpen = useRef(false)
  const heading = useId()
  // Read before the dialog is rendered, because the same rendering removes the menu that opened it.
  if (open && !wasOpen.current) opener.current = openerOf(document.activeElement)

  useEffect(() => {
    const dialog = element.current
    if (dialog === null) return
    wasOpen.current = open
    if (open && !dialog.open) {
      dialog.showModal()
      const first = initialFocus?.current ?? dialog.querySelector<HTMLElement>('[data-first]') ?? dialog
      first.focus()
    }
    if (!open && dialog.open) {
      dialog.close()
      returnFocus(opener.current)
    }
  }, [open, initialFocus])

  // A dialog that is removed from the page while it is open does not return the focus, so it is closed first.
  useLayoutEffect(() => {
    const dialog = element.current
    return () => {
      if (dialog?.open !== true) return
      dialog.close()
      returnFocus(opener.current)
    }
  }, [])

  return (
    <dialog
      ref={element}
      className={`${classes.dialog} ${wide ? classes.wide : ''}`}
      aria-labelledby={heading}
      tabIndex={-1}
      // Chromium lets a page refuse Escape only once: the next press would close the dialog.
      closedby={required ? 'none' : 'closerequest'}
      onCancel={(event) => {
        event.preventDefault()
        if (!required) onClose()
      }}
      onClose={() => {
        if (!open) return
        if (required) element.current?.showModal()
        else onClose()
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
