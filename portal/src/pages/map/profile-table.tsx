import { GAP_WORDS, UNKNOWN_WORDS } from '../../text/map-en.ts'
import type { DepthProfile } from './chart-feature.ts'
import classes from './map.module.css'
import { summaryOf } from './profile-shape.ts'
import { METRES_PER_MILE } from './rhumb.ts'
import { type DepthUnit, depthRangeText, scaleText } from './units.ts'

const miles = (metres: number) => (metres / METRES_PER_MILE).toFixed(2)

/** A profile for readers: its stretches, its dangers and its gaps. */
export function ProfileTable({ profile, units }: { profile: DepthProfile; units: DepthUnit }) {
  return (
    <section className={classes.profileTable} aria-label="Depths as a table">
      <table>
        <thead>
          <tr>
            <th scope="col">From, NM</th>
            <th scope="col">To, NM</th>
            <th scope="col">Depth</th>
            <th scope="col">Also there</th>
            <th scope="col">Chart</th>
            <th scope="col">Survey quality</th>
          </tr>
        </thead>
        <tbody>
          {summaryOf(profile.samples).map(({ distance, until, shoalest, deepest, unknowns, source }) => (
            <tr key={distance}>
              <td>{miles(distance)}</td>
              <td>{miles(until)}</td>
              <td>{depthRangeText(shoalest, deepest, units) ?? 'unknown'}</td>
              <td>{unknowns.map((each) => UNKNOWN_WORDS[each]).join(', ')}</td>
              <td>{source === null ? '' : `${source.cell} ${source.edition}.${source.update}, ${scaleText(source.scale)}`}</td>
              <td>{source?.quality}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {profile.dangers.length === 0 ? null : (
        <ul>
          {profile.dangers.map(({ id, distance, offset, words }) => (
            <li key={id}>
              {miles(distance)} NM, {Math.round(offset)} m off: {words}
            </li>
          ))}
        </ul>
      )}
      {profile.gaps.length === 0 ? null : (
        <ul>
          {profile.gaps.map(({ from, to, reason }) => (
            <li key={from}>
              {miles(from)} to {miles(to)} NM: {GAP_WORDS[reason]}
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}
