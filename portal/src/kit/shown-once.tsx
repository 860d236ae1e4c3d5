import type { ReactNode } from 'react'
import { Button } from './button.tsx'
import { CopyButton } from './copy-button.tsx'
import { Dialog } from './dialog.tsx'
import classes from './shown-once.module.css'

/** A secret that is shown only once, with a way to copy it. */
export function ShownOnce({
  title,
  secret,
  children,
  onClose,
}: {
  title: string
  secret: string
  children: ReactNode
  onClose(): void
}) {
  return (
    <Dialog
      title={title}
      open
      required
      onClose={onClose}
      actions={
        <Button kind="solid" onClick={onClose}>
          I have saved it
        </Button>
      }
    >
      <div className={classes.text}>{children}</div>
      <div className={classes.secret}>
        <code>{secret}</code>
        <CopyButton data-first text={() => secret}>
          Copy
        </CopyButton>
      </div>
    </Dialog>
  )
}
