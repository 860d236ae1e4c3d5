import { type FormEvent, useState } from 'react'
import { Button } from '../../kit/button.tsx'
import classes from './map.module.css'
import { parsePosition } from './position-text.ts'
import type { Position } from './rhumb.ts'
import type { MapState } from './use-map-state.ts'

/** Points of the line by keyboard: typed, at the crosshair, or removed again. */
export function LineTools({
  line,
  onChange,
  centre,
}: {
  line: readonly Position[]
  onChange(patch: Partial<MapState>): void
  centre(): Position
}) {
  const [text, setText] = useState('')
  const [wrong, setWrong] = useState(false)

  function submit(event: FormEvent): void {
    event.preventDefault()
    const position = parsePosition(text)
    setWrong(position === null)
    if (position === null) return
    setText('')
    onChange({ line: [...line, position] })
  }
  return (
    <>
      <form className={classes.findForm} onSubmit={submit} autoComplete="off">
        <input
          type="text"
          aria-label="Position of the next point"
          aria-invalid={wrong || undefined}
          placeholder="Position of the next point"
          value={text}
          onChange={({ target }) => {
            setText(target.value)
            setWrong(false)
          }}
        />
        <Button type="submit" icon="plus" label="Add the position" />
      </form>
      {wrong ? <p className={classes.hint}>Write it like 32 01.86 N 80 51.06 W.</p> : null}
      <div className={classes.lineTools}>
        <Button icon="crosshair" onClick={() => onChange({ line: [...line, centre()] })}>
          At the crosshair
        </Button>
        <Button
          icon="undo"
          off={line.length === 0 ? 'The line has no points' : null}
          onClick={() => onChange({ line: line.slice(0, -1) })}
        >
          Undo
        </Button>
        <Button kind="quiet" off={line.length === 0 ? 'The line has no points' : null} onClick={() => onChange({ line: [] })}>
          Clear
        </Button>
      </div>
    </>
  )
}
