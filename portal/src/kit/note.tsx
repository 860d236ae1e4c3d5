import type { ReactNode } from 'react'
import { Button } from './button.tsx'
import { Icon } from './icon.tsx'
import type { IconName } from './icon-paths.ts'
import classes from './note.module.css'

/** A calm remark in a box: why something waits, what to do next. */
export function Note({
  kind = 'plain',
  icon,
  children,
  action,
  onClose,
}: {
  kind?: 'plain' | 'waiting' | 'error'
  icon: IconName
  children: ReactNode
  action?: ReactNode
  /** Removes the remark. */
  onClose?(): void
}) {
  return (
    <div className={`${classes.note} ${classes[kind] ?? ''}`}>
      <Icon name={icon} />
      <div className={classes.text}>{children}</div>
      {action}
      {onClose === undefined ? null : (
        <Button kind="quiet" icon="close" label="Close" className={classes.close} onClick={onClose} />
      )}
    </div>
  )
}
