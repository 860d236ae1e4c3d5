import { type PointerEvent, useEffect, useRef, useState } from 'react'
import { usePreferences } from '../../state/portal-context.tsx'
import { scaleText } from '../../text/charts-en.ts'
import { GAP_WORDS } from '../../text/map-en.ts'
import { LONG_DISTANCES } from '../../text/measures.ts'
import type { DepthProfile } from './chart-feature.ts'
import classes from './map.module.css'
import { bandsOf, depthSpan, runsOf, sampleAt, ticksOf } from './profile-shape.ts'
import { type DepthUnit, depthRangeText, depthText, distanceText, longDistanceText, UNITS } from './units.ts'
import { wordsInUnits } from './words-in-units.ts'

const LEFT = 46
const RIGHT = 12
const TOP = 14
const BAND = 34
const HEIGHT = 210

/** Depth downward over distance, with the safety depth, dangers, gaps and the charts below. */
export function ProfileChart({
  profile,
  safety,
  units,
  onPoint,
}: {
  profile: DepthProfile
  safety: number
  units: DepthUnit
  onPoint(distance: number | null): void
}) {
  const box = useRef<HTMLDivElement>(null)
  const [width, setWidth] = useState(640)
  const [at, setAt] = useState<number | null>(null)

  useEffect(() => {
    const observer = new ResizeObserver(([entry]) => setWidth(Math.max(240, Math.floor(entry?.contentRect.width ?? 640))))
    if (box.current !== null) observer.observe(box.current)
    return () => observer.disconnect()
  }, [])

  const length = Math.max(1, profile.length)
  const { top, foot } = depthSpan(profile, safety)
  const size = UNITS[units].metres
  const { distanceUnit, heightUnit } = usePreferences()
  const long = LONG_DISTANCES[distanceUnit]
  const bottom = HEIGHT - BAND - 18
  const x = (distance: number) => LEFT + (distance / length) * (width - LEFT - RIGHT)
  const y = (depth: number) => TOP + ((depth - top) / (foot - top)) * (bottom - TOP)

  function show(distance: number | null): void {
    setAt(distance)
    onPoint(distance)
  }
  function follow(event: PointerEvent<SVGSVGElement>): void {
    const { left } = event.currentTarget.getBoundingClientRect()
    const share = (event.clientX - left - LEFT) / (width - LEFT - RIGHT)
    show(Math.max(0, Math.min(1, share)) * length)
  }
  const sample = at === null ? null : sampleAt(profile.samples, at)
  return (
    <div ref={box} className={classes.chart}>
      <svg
        width={width}
        height={HEIGHT}
        role="img"
        aria-label="Depth over distance. The table has the same in words."
        onPointerMove={follow}
        onPointerLeave={() => show(null)}
      >
        <g className={classes.axis}>
          {ticksOf(top / size, foot / size, 4).map((tick) => (
            <g key={tick}>
              <line x1={LEFT} x2={width - RIGHT} y1={y(tick * size)} y2={y(tick * size)} />
              <text x={LEFT - 6} y={y(tick * size) + 4} textAnchor="end">
                {tick}
              </text>
            </g>
          ))}
          {ticksOf(0, length / long.metres, width < 480 ? 3 : 6).map((tick) => (
            <text key={tick} x={x(tick * long.metres)} y={bottom + 14} textAnchor="middle">
              {tick}
            </text>
          ))}
          <text x={LEFT - 6} y={bottom + 14} textAnchor="end">
            {UNITS[units].short} / {long.short}
          </text>
        </g>
        {profile.gaps.map(({ from, to, reason }) => (
          <g key={`${from} ${reason}`} className={classes.gap}>
            <rect x={x(from)} y={TOP} width={Math.max(1, x(to) - x(from))} height={bottom - TOP}>
              <title>{GAP_WORDS[reason]}</title>
            </rect>
            {x(to) - x(from) > 60 ? (
              <text x={(x(from) + x(to)) / 2} y={TOP + 14} textAnchor="middle">
                {GAP_WORDS[reason]}
              </text>
            ) : null}
          </g>
        ))}
        {runsOf(profile.samples, safety).map(({ shallow, corners }) => {
          const path = corners.map(({ distance, depth }) => `${x(distance).toFixed(1)} ${y(depth).toFixed(1)}`).join('L')
          const [first, last] = [corners[0]?.distance ?? 0, corners.at(-1)?.distance ?? 0]
          return (
            <g key={first} className={shallow ? classes.shallow : classes.deep}>
              <path className={classes.ground} d={`M${x(first)} ${bottom}L${path}L${x(last)} ${bottom}Z`} />
              <path className={classes.bottom} d={`M${path}`} />
            </g>
          )
        })}
        <line className={classes.safetyLine} x1={LEFT} x2={width - RIGHT} y1={y(safety)} y2={y(safety)} />
        <text className={classes.safetyText} x={width - RIGHT} y={y(safety) - 4} textAnchor="end">
          safety depth {depthText(safety, units)}
        </text>
        {profile.dangers.map((danger) => (
          <DangerTick
            key={danger.id}
            words={`${wordsInUnits(danger.words, { depthUnit: units, heightUnit })} ${distanceText(danger.offset, units, distanceUnit)} off the line`}
            x={x(danger.distance)}
            y={danger.depth === null ? null : y(danger.depth)}
            bottom={bottom}
          />
        ))}
        {bandsOf(profile.samples).map(({ from, to, cell, scale }, i) => (
          <g key={from} className={classes.band} data-odd={i % 2 === 1 || undefined}>
            <rect x={x(from)} y={HEIGHT - BAND + 8} width={Math.max(1, x(to) - x(from))} height={20}>
              <title>{`${cell}, ${scaleText(scale)}`}</title>
            </rect>
            {x(to) - x(from) > 110 ? (
              <text x={x(from) + 6} y={HEIGHT - BAND + 22}>
                {x(to) - x(from) > 170 ? `${cell}, ${scaleText(scale)}` : cell}
              </text>
            ) : null}
          </g>
        ))}
        {at === null ? null : <line className={classes.cursor} x1={x(at)} x2={x(at)} y1={TOP} y2={bottom} />}
      </svg>
      <p className={classes.reading}>
        {at === null || sample === null
          ? ''
          : `${longDistanceText(at, distanceUnit)}: ${depthRangeText(sample.shoalest, sample.deepest, units) ?? 'no depth'}${sample.source === null ? '' : `, ${sample.source.cell}`}`}
      </p>
    </div>
  )
}

function DangerTick({ words, x, y, bottom }: { words: string; x: number; y: number | null; bottom: number }) {
  return (
    <g className={classes.danger}>
      <title>{words}</title>
      <line x1={x} x2={x} y1={y ?? TOP} y2={bottom} />
      <circle cx={x} cy={y ?? TOP} r={4} />
    </g>
  )
}
