import { useEffect, useRef, useState } from 'react'
import { CopyButton } from '../../kit/copy-button.tsx'
import { usePreferences } from '../../state/portal-context.tsx'
import { scaleText } from '../../text/charts-en.ts'
import type { FeatureSource } from './chart-feature.ts'
import { ChartFileButton } from './chart-file.tsx'
import { dangerText } from './depth-text.ts'
import classes from './map.module.css'
import type { MapSource } from './map-source.ts'
import type { Display } from './map-view.ts'
import { RawAttributes } from './raw-attributes.tsx'
import { filesOf, type Thing } from './things.ts'
import { wordsInUnits } from './words-in-units.ts'

/** One real thing: what it is, what the chart writes about it, and which chart says so. */
export function ThingCard({
  thing,
  chosen,
  display,
  source,
  onChoose,
}: {
  thing: Thing
  chosen: boolean
  display: Display
  source: MapSource
  onChoose(): void
}) {
  const card = useRef<HTMLElement>(null)
  const [open, setOpen] = useState(false)
  const { heightUnit } = usePreferences()
  const inUnits = (sentence: string) => wordsInUnits(sentence, { depthUnit: display.units, heightUnit })
  const danger = dangerText(thing, display.depth, display.units)

  useEffect(() => {
    if (chosen) card.current?.scrollIntoView({ block: 'nearest' })
  }, [chosen])

  return (
    <article ref={card} className={classes.card} data-chosen={chosen || undefined}>
      <h4>
        <button type="button" aria-pressed={chosen} title="Mark on the map" onClick={onChoose}>
          {inUnits(thing.title)}
        </button>
      </h4>
      {thing.sentences.map((sentence) => (
        <p key={sentence}>{inUnits(sentence)}</p>
      ))}
      {danger === null ? null : <p className={classes.warning}>{danger}</p>}
      {thing.notes.map((note) => (
        <blockquote key={note} className={classes.note}>
          {note}
        </blockquote>
      ))}
      {filesOf(thing).map(({ cell, file, kind }) => (
        <ChartFileButton key={`${cell} ${file}`} source={source} cell={cell} file={file}>
          {kind === 'text' ? 'Text of the chart' : 'Picture of the chart'}
        </ChartFileButton>
      ))}
      {thing.source === null ? null : <p className={classes.source}>{sourceText(thing.source)}</p>}
      <details className={classes.raw} onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
        <summary>As the chart has it</summary>
        {open ? <RawAttributes features={thing.features} /> : null}
        {open ? (
          <CopyButton
            kind="quiet"
            text={() =>
              JSON.stringify(
                thing.features.map(({ layerId, rawAttributes }) => ({ layerId, ...rawAttributes })),
                null,
                2,
              )
            }
          >
            Copy
          </CopyButton>
        ) : null}
      </details>
    </article>
  )
}

/** `US5GA22M, edition 12, update 3, 1:20 000, issued 2023-06-26`. */
function sourceText({ cell, edition, update, scale, issueDate, updateDate }: FeatureSource): string {
  const parts = [cell, `edition ${edition}${update > 0 ? `, update ${update}` : ''}`]
  if (scale > 0) parts.push(scaleText(scale))
  if (issueDate !== null) parts.push(`issued ${dateText(issueDate)}`)
  if (updateDate !== null && updateDate !== issueDate && update > 0) parts.push(`updated ${dateText(updateDate)}`)
  return parts.join(', ')
}

const dates = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' })

function dateText(date: string): string {
  const time = Date.parse(`${date}T00:00:00Z`)
  return Number.isFinite(time) ? dates.format(time) : date
}
