import { usePreferences } from '../../state/portal-context.tsx'
import { integer } from '../../text/plural.ts'
import { clockSeconds } from '../../text/times.ts'
import mapClasses from './map.module.css'
import { positionText } from './position-text.ts'
import type { TrackDetail } from './report-api.ts'
import classes from './reports.module.css'
import { type DepthUnit, depthText } from './units.ts'

/** Rows of a table that is still quick to draw. */
const MOST = 200

/** The depths of a track in the order of time, evenly thinned when there are many; the shoalest is always among them. */
export function SoundingTable({ soundings, units }: Pick<TrackDetail, 'soundings'> & { units: DepthUnit }) {
  const { zone, positionFormat } = usePreferences()
  const step = Math.max(1, Math.ceil(soundings.length / MOST))
  const shoalest = soundings.reduce((least, { depth }) => Math.min(least, depth), Number.POSITIVE_INFINITY)
  const first = soundings.findIndex(({ depth }) => depth === shoalest)
  const shown = soundings.filter((_, n) => n % step === 0 || n === first)
  return (
    <details>
      <summary className={mapClasses.hint}>
        {shown.length < soundings.length ? `${integer(shown.length)} of the depths` : 'All depths'}
      </summary>
      <table className={classes.soundings}>
        <thead>
          <tr>
            <th scope="col">Time</th>
            <th scope="col">Depth</th>
            <th scope="col">Position</th>
          </tr>
        </thead>
        <tbody>
          {shown.map((sounding) => (
            <tr
              key={`${sounding.time} ${sounding.longitude} ${sounding.latitude}`}
              data-shoalest={sounding.depth === shoalest || undefined}
            >
              <td>{clockSeconds(sounding.time, zone)}</td>
              <td>{depthText(sounding.depth, units)}</td>
              <td>{positionText(sounding, positionFormat)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  )
}
