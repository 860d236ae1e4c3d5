import { useId, useState } from 'react'
import { usePreferences } from '../../state/portal-context.tsx'
import { parsePosition, positionText } from '../map/position-text.ts'
import { distanceText } from '../map/units.ts'
import { type Box, boxOfCorners, cornersOf, sizeOf } from './box.ts'
import classes from './exports.module.css'

const CORNERS = [
  { key: 'southWest', name: 'South-west corner', example: '42 51 N 35 03 W' },
  { key: 'northEast', name: 'North-east corner', example: '43 03 N 34 48 W' },
] as const

type CornerName = (typeof CORNERS)[number]['key']

/** The corners of the box as text; typing changes the drawn box, and drawing changes the text. */
export function BoxFields({ box, onBox }: { box: Box | null; onBox(box: Box): void }) {
  const hint = useId()
  const { positionFormat, depthUnit, distanceUnit } = usePreferences()
  const [typed, setTyped] = useState<Partial<Record<CornerName, string>>>({})
  const held = box === null ? null : cornersOf(box)
  const textOf = (key: CornerName): string => typed[key] ?? (held === null ? '' : positionText(held[key], positionFormat))
  const wrong = problemOf(typed, held)

  function type(key: CornerName, text: string): void {
    const next = { ...typed, [key]: text }
    setTyped(next)
    const southWest = next.southWest === undefined ? held?.southWest : parsePosition(next.southWest)
    const northEast = next.northEast === undefined ? held?.northEast : parsePosition(next.northEast)
    if (!southWest || !northEast) return
    const made = boxOfCorners(southWest, northEast)
    if (typeof made !== 'string') onBox(made)
  }
  /** On blur, a corner is rewritten as the box has it; one that makes no valid box stays, to be corrected. */
  const leave = () => {
    if (wrong === null && box !== null) setTyped({})
  }
  return (
    <>
      {CORNERS.map(({ key, name, example }) => (
        <label key={key} className={classes.field}>
          {name}
          <input
            type="text"
            value={textOf(key)}
            placeholder={example}
            autoComplete="off"
            spellCheck={false}
            aria-invalid={wrong !== null && typed[key] !== undefined ? true : undefined}
            aria-describedby={hint}
            onChange={({ target }) => type(key, target.value)}
            onBlur={leave}
          />
        </label>
      ))}
      <p id={hint} className={wrong === null ? classes.hint : classes.wrong} role={wrong === null ? undefined : 'status'}>
        {wrong ?? sizeText(box, (metres) => distanceText(metres, depthUnit, distanceUnit))}
      </p>
    </>
  )
}

type Corners = ReturnType<typeof cornersOf>

function problemOf(typed: Partial<Record<CornerName, string>>, held: Corners | null): string | null {
  const given = (key: CornerName) => (typed[key] === undefined ? (held?.[key] ?? null) : parsePosition(typed[key]))
  const unreadable = CORNERS.find(({ key }) => (typed[key] ?? '') !== '' && given(key) === null)
  if (unreadable !== undefined) return `${unreadable.name}: write it like ${unreadable.example}, or as decimal degrees.`
  const [southWest, northEast] = [given('southWest'), given('northEast')]
  if (southWest === null || northEast === null) return null
  const made = boxOfCorners(southWest, northEast)
  return typeof made === 'string' ? made : null
}

function sizeText(box: Box | null, inUnits: (metres: number) => string): string {
  if (box === null) return 'Draw the box on the chart, or type its corners.'
  const { width, height } = sizeOf(box)
  return `${inUnits(width)} from west to east, ${inUnits(height)} from south to north.`
}
