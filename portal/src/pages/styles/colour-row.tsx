import { useEffect, useRef, useState } from 'react'
import type { StyleSlot } from '../../api/styles-api.ts'
import { Button } from '../../kit/button.tsx'
import { colourOf, isColour, withColour } from './style-draft.ts'
import classes from './styles.module.css'
import type { StyleEditor } from './use-style-editor.ts'

/** One colour: what it paints, its token, its value, and the way back to the theme. */
export function ColourRow({ slot, editor }: { slot: StyleSlot; editor: StyleEditor }) {
  const { draft, slots, change, endStep } = editor
  const name = slot.slot
  const colour = colourOf(slots, draft, name)
  const changed = draft.colors[name] !== undefined
  const swatch = useRef<HTMLInputElement>(null)
  const [typed, setTyped] = useState<string | null>(null)
  const wrong = typed !== null && !isColour(completed(typed))

  useEffect(() => {
    const input = swatch.current
    // The browser's colour dialog fires `input` for each colour and `change` when it closes; React has no event for the latter.
    input?.addEventListener('change', endStep)
    return () => input?.removeEventListener('change', endStep)
  }, [endStep])

  function type(text: string): void {
    setTyped(text)
    const next = completed(text)
    if (isColour(next)) change(withColour(draft, slots, name, next), name)
  }
  return (
    <li className={classes.colour} data-changed={changed || undefined}>
      <input
        ref={swatch}
        type="color"
        className={classes.swatch}
        aria-label={`${slot.description}: colour`}
        value={colour}
        onChange={({ target }) => change(withColour(draft, slots, name, target.value), name)}
      />
      <div className={classes.colourWords}>
        <span>{slot.description}</span>
        <span className={classes.token}>
          {name} {changed ? <span className={classes.changed}>changed</span> : null}
        </span>
      </div>
      <input
        className={classes.hex}
        aria-label={`${slot.description}: hex`}
        value={typed ?? colour}
        aria-invalid={wrong || undefined}
        maxLength={7}
        spellCheck={false}
        autoCapitalize="none"
        onChange={({ target }) => type(target.value)}
        onBlur={() => {
          setTyped(null)
          endStep()
        }}
      />
      <span className={classes.reset}>
        {changed ? (
          <Button
            kind="quiet"
            icon="undo"
            label={`Reset ${name} to the theme`}
            onClick={() => change(withColour(draft, slots, name, null))}
          />
        ) : null}
      </span>
      {wrong ? <p className={classes.wrong}>A colour such as #61b7ff.</p> : null}
    </li>
  )
}

/** People leave out the number sign. */
function completed(text: string): string {
  const trimmed = text.trim()
  return trimmed.startsWith('#') ? trimmed : `#${trimmed}`
}
