import { Tooltip } from '@mantine/core'
import type { ComponentPropsWithRef, ReactNode } from 'react'
import classes from './button.module.css'
import { Icon } from './icon.tsx'
import type { IconName } from './icon-paths.ts'

export interface ButtonProps extends Omit<ComponentPropsWithRef<'button'>, 'disabled'> {
  kind?: 'plain' | 'solid' | 'quiet' | 'danger'
  icon?: IconName | undefined
  /** An icon after the word, for buttons that open a menu. */
  after?: IconName | undefined
  /** Shows only the icon; screen readers still read the label. */
  label?: string | undefined
  /** Why the button is disabled; shown on hover and focus, so that it is never silently dead. */
  off?: string | null | undefined
  busy?: boolean | undefined
  children?: ReactNode
}

export function Button({
  kind = 'plain',
  icon,
  after,
  label,
  off,
  busy = false,
  children,
  className,
  onClick,
  ...rest
}: ButtonProps) {
  const dead = typeof off === 'string' || busy
  const button = (
    <button
      type="button"
      {...rest}
      className={[classes.button, classes[kind], children === undefined ? classes.square : '', className ?? ''].join(' ')}
      aria-disabled={dead || undefined}
      aria-busy={busy || undefined}
      aria-label={label ?? rest['aria-label']}
      onClick={(event) => {
        if (dead) event.preventDefault()
        else onClick?.(event)
      }}
    >
      {icon === undefined ? null : <Icon name={icon} />}
      {children === undefined ? null : <span className={classes.text}>{children}</span>}
      {after === undefined ? null : <Icon name={after} size={14} />}
    </button>
  )
  const hint = typeof off === 'string' ? off : children === undefined ? label : undefined
  // Also around a button without a hint: a button that gets or loses one must stay the same for the keyboard.
  return (
    <Tooltip label={hint ?? ''} disabled={hint === undefined} events={{ hover: true, focus: true, touch: true }} openDelay={250}>
      {button}
    </Tooltip>
  )
}
