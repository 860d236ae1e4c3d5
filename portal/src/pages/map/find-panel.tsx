import { type FormEvent, useEffect, useId, useRef, useState } from 'react'
import { Button } from '../../kit/button.tsx'
import { messageOf } from '../../kit/error-note.tsx'
import { usePreferences } from '../../state/portal-context.tsx'
import type { ChartMap } from './chart-map.ts'
import { type NamedObject, searchNames } from './find-names.ts'
import classes from './map.module.css'
import type { MapSource } from './map-source.ts'
import { parsePosition, positionText } from './position-text.ts'
import type { Position } from './rhumb.ts'

/** Finds a position, a chart by its name, or an object in view by its name. */
export function FindPanel({
  chart,
  source,
  onFound,
  onClose,
}: {
  chart: ChartMap
  source: MapSource
  onFound(position: Position): void
  onClose(): void
}) {
  const { map } = chart
  const { positionFormat } = usePreferences()
  const id = useId()
  const input = useRef<HTMLInputElement>(null)
  const [text, setText] = useState('')
  const [named, setNamed] = useState<NamedObject[]>([])
  const [answer, setAnswer] = useState<string | null>(null)

  useEffect(() => input.current?.focus(), [])

  function type(value: string): void {
    setText(value)
    setAnswer(null)
    setNamed(parsePosition(value) === null ? searchNames(map, value) : [])
  }

  function go(position: Position): void {
    map.jumpTo({ center: [position.longitude, position.latitude], zoom: Math.max(map.getZoom(), 13) })
    onFound(position)
    onClose()
  }

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault()
    const wanted = text.trim()
    const position = parsePosition(wanted)
    if (position !== null) return go(position)
    const [first] = named
    if (first !== undefined) return go(first.position)
    if (wanted === '') return
    try {
      const cell = await source.cell(wanted.toUpperCase())
      if (cell === null) setAnswer(`There is no chart ${wanted}, and nothing in view has this name.`)
      else {
        map.fitBounds(cell.bbox, { padding: 40, animate: false })
        onClose()
      }
    } catch (error) {
      setAnswer(messageOf(error))
    }
  }
  return (
    <section className={`${classes.panel} ${classes.find}`} aria-label="Find">
      <form className={classes.findForm} onSubmit={(event) => void submit(event)} autoComplete="off">
        <label htmlFor={id} className="visually-hidden">
          Position, chart or name
        </label>
        <input
          id={id}
          ref={input}
          type="search"
          value={text}
          placeholder="Position, chart or name in view"
          onChange={({ target }) => type(target.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Escape') return
            event.preventDefault()
            onClose()
          }}
        />
        <Button type="submit" icon="search" label="Go" />
        <Button kind="quiet" icon="close" label="Close" onClick={onClose} />
      </form>
      <p className={classes.hint}>
        {answer ?? 'Such as 32 01.86 N 80 51.06 W, or the name of a chart, a buoy or a place that the chart shows.'}
      </p>
      {named.length === 0 ? null : (
        <ul className={classes.found}>
          {named.map((each) => (
            <li key={`${each.name} ${each.position.latitude} ${each.position.longitude}`}>
              <button type="button" onClick={() => go(each.position)}>
                {each.name}
                <small>{positionText(each.position, positionFormat)}</small>
              </button>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}
