import { useEffect, useMemo, useRef, useState } from 'react'
import { Button } from '../../kit/button.tsx'
import { ErrorNote } from '../../kit/error-note.tsx'
import { useKeys } from '../../kit/keys.tsx'
import { usePreferences } from '../../state/portal-context.tsx'
import { KIND_WORDS } from '../../text/map-en.ts'
import { counted } from '../../text/plural.ts'
import type { ChartMap } from './chart-map.ts'
import { depthHere, nothingThere } from './depth-text.ts'
import classes from './map.module.css'
import type { MapSource } from './map-source.ts'
import type { Display } from './map-view.ts'
import { positionText } from './position-text.ts'
import type { Position } from './rhumb.ts'
import { ThingCard } from './thing-card.tsx'
import { geometryOf, KINDS, placeOf, type Thing, thingsOf } from './things.ts'
import { useAnswer } from './use-answer.ts'

/** Pixels; narrower windows show the cards as a sheet, as in the style sheet. */
const NARROW = 640

/** What the charts say about a place: a card for each real thing. */
export function CardsPanel({
  chart,
  source,
  display,
  pick,
  onMark,
  onClose,
}: {
  chart: ChartMap
  source: MapSource
  display: Display
  pick: Position
  onMark(position: Position | null): void
  onClose(): void
}) {
  const { data, error, isPending, refetch } = useAnswer(source, chart, pick)
  const things = useMemo(() => (data === undefined ? [] : thingsOf(data.features)), [data])
  const { positionFormat } = usePreferences()
  const heading = useRef<HTMLHeadingElement>(null)
  const [chosen, setChosen] = useState(0)
  const side = useMemo(
    () => (chart.map.project([pick.longitude, pick.latitude]).x > chart.map.getCanvas().clientWidth / 2 ? 'left' : 'right'),
    [chart, pick],
  )

  useEffect(() => heading.current?.focus({ preventScroll: true }), [])

  // On a phone the cards cover the lower part of the chart: the place moves above them.
  useEffect(() => {
    // In the next frame the map has its size, even when it has just been put on the page.
    const frame = requestAnimationFrame(() => {
      const { clientWidth: width, clientHeight: height } = chart.map.getCanvas()
      if (width >= NARROW || chart.map.project([pick.longitude, pick.latitude]).y < height * 0.34) return
      chart.map.easeTo({ center: [pick.longitude, pick.latitude], offset: [0, -height * 0.3], animate: false })
    })
    return () => cancelAnimationFrame(frame)
  }, [chart, pick])

  const current = things[chosen]
  useEffect(() => {
    chart.pick(current === undefined ? null : geometryOf(current))
    const place = current === undefined ? null : placeOf(current)
    onMark(place === null ? null : { latitude: place[0], longitude: place[1] })
    return () => {
      chart.pick(null)
      onMark(null)
    }
  }, [chart, current, onMark])

  const step = (by: number) => {
    if (things.length < 2) return false
    setChosen((before) => (before + by + things.length) % things.length)
    return true
  }
  useKeys('Cards', [
    { keys: ['ArrowRight', 'ArrowDown', 'j'], does: 'Next card', run: () => step(1) },
    { keys: ['ArrowLeft', 'ArrowUp', 'k'], does: 'Previous card', run: () => step(-1) },
  ])

  return (
    <section className={`${classes.panel} ${classes.cards}`} data-side={side} aria-label="What is here" aria-busy={isPending}>
      <header className={classes.panelHead}>
        <h2 ref={heading} tabIndex={-1}>
          {positionText(pick, positionFormat)}
        </h2>
        {things.length > 1 ? (
          <>
            <Button kind="quiet" icon="left" label="Previous card" onClick={() => step(-1)} />
            <Button kind="quiet" icon="right" label="Next card" onClick={() => step(1)} />
          </>
        ) : null}
        <Button kind="quiet" icon="close" label="Close" onClick={onClose} />
      </header>
      <div className={classes.panelBody}>
        {error === null ? null : <ErrorNote error={error} onRetry={() => void refetch()} />}
        {isPending ? <p className={classes.hint}>Looking …</p> : null}
        {data === undefined ? null : (
          <Cards
            things={things}
            chosen={chosen}
            display={display}
            source={source}
            depths={depthHere(data.depths, display.depth, display.units)}
            nothing={nothingThere(data.depths, data.radius, display.units)}
            onChoose={setChosen}
          />
        )}
      </div>
    </section>
  )
}

function Cards({
  things,
  chosen,
  depths,
  nothing,
  onChoose,
  ...rest
}: {
  things: readonly Thing[]
  chosen: number
  display: Display
  source: MapSource
  depths: readonly string[]
  nothing: string
  onChoose(index: number): void
}) {
  const isBare = things.every(({ kind }) => kind === 'depth')
  const isPlain = things.every(({ kind }) => kind === 'depth' || kind === 'other')
  const card = (thing: Thing) => {
    const index = things.indexOf(thing)
    return <ThingCard key={thing.id} thing={thing} chosen={index === chosen} onChoose={() => onChoose(index)} {...rest} />
  }
  return (
    <>
      {isBare ? <p>{nothing}</p> : null}
      {KINDS.map((kind) => {
        const some = things.filter((thing) => thing.kind === kind)
        const said = kind === 'depth' ? depths : []
        if (some.length === 0 && said.length === 0) return null
        const content = (
          <>
            {said.map((sentence) => (
              <p key={sentence}>{sentence}</p>
            ))}
            {some.map(card)}
          </>
        )
        return kind === 'other' ? (
          <details key={kind} className={classes.group} open={isPlain}>
            <summary>
              {KIND_WORDS[kind]}: {counted(some.length, 'object')}
            </summary>
            {content}
          </details>
        ) : (
          <section key={kind} className={classes.group}>
            <h3>{KIND_WORDS[kind]}</h3>
            {content}
          </section>
        )
      })}
    </>
  )
}
