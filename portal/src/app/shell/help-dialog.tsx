import { Fragment } from 'react'
import { Dialog } from '../../kit/dialog.tsx'
import { type KeyBinding, useKeyGroups } from '../../kit/keys.tsx'
import { usePreferences } from '../../state/portal-context.tsx'
import classes from './help-dialog.module.css'

/** The keys that work on this page. */
export function HelpDialog({ open, onClose }: { open: boolean; onClose(): void }) {
  const groups = useKeyGroups()
  const { letterKeys } = usePreferences()
  const now = groups()
  /** Keys that no later group, which takes precedence, has overridden. */
  const isFree = (binding: KeyBinding, index: number) =>
    binding.keys.some((key) => now.slice(index + 1).every(({ bindings }) => bindings.every(({ keys }) => !keys.includes(key))))
  return (
    <Dialog title="Keyboard" open={open} onClose={onClose}>
      {letterKeys ? null : <p className={classes.note}>Letter keys are switched off in your account's preferences.</p>}
      {now.map(({ name, bindings }, index) => (
        <section key={name} className={classes.group}>
          <h3>{name}</h3>
          <dl className={classes.keys}>
            {bindings
              .filter((binding) => isFree(binding, index))
              .map(({ keys, does }) => (
                <Fragment key={does}>
                  <dt>
                    {keys.map((key) => (
                      <Keys key={key} name={key} />
                    ))}
                  </dt>
                  <dd>{does}</dd>
                </Fragment>
              ))}
          </dl>
        </section>
      ))}
      <section className={classes.group}>
        <h3>Dialogs and menus</h3>
        <dl className={classes.keys}>
          <dt>
            <kbd>Esc</kbd>
          </dt>
          <dd>Close what is open</dd>
        </dl>
      </section>
    </Dialog>
  )
}

const SHOWN: Readonly<Record<string, string>> = { ArrowDown: '↓', ArrowUp: '↑', Enter: 'Enter' }

function Keys({ name }: { name: string }) {
  return (
    <span className={classes.sequence}>
      {name.split(/[ +]/).map((key) => (
        <kbd key={key}>{SHOWN[key] ?? key}</kbd>
      ))}
    </span>
  )
}
