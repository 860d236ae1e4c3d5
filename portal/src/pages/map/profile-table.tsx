import { usePreferences } from '../../state/portal-context.tsx'
import { scaleText } from '../../text/charts-en.ts'
import { GAP_WORDS, UNKNOWN_WORDS } from '../../text/map-en.ts'
import { LONG_DISTANCES } from '../../text/measures.ts'
import type { DepthProfile } from './chart-feature.ts'
import classes from './map.module.css'
import { summaryOf } from './profile-shape.ts'
import { type DepthUnit, depthRangeText, distanceText } from './units.ts'
import { wordsInUnits } from './words-in-units.ts'

/** A profile for readers: its stretches, its dangers and its gaps. */
export function ProfileTable({ profile, units }: { profile: DepthProfile; units: DepthUnit }) {
  const { distanceUnit, heightUnit } = usePreferences()
  const { metres: size, short } = LONG_DISTANCES[distanceUnit]
  const far = (metres: number) => (metres / size).toFixed(2)
  return (
    <section className={classes.profileTable} aria-label="Depths as a table">
      <table>
        <thead>
          <tr>
            <th scope="col">From, {short}</th>
            <th scope="col">To, {short}</th>
            <th scope="col">Depth</th>
            <th scope="col">Also there</th>
            <th scope="col">Chart</th>
            <th scope="col">Survey quality</th>
          </tr>
        </thead>
        <tbody>
          {summaryOf(profile.samples).map(({ distance, until, shoalest, deepest, unknowns, source }) => (
            <tr key={distance}>
              <td>{far(distance)}</td>
              <td>{far(until)}</td>
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
              {far(distance)} {short}, {distanceText(offset, units, distanceUnit)} off:{' '}
              {wordsInUnits(words, { depthUnit: units, heightUnit })}
            </li>
          ))}
        </ul>
      )}
      {profile.gaps.length === 0 ? null : (
        <ul>
          {profile.gaps.map(({ from, to, reason }) => (
            <li key={from}>
              {far(from)} to {far(to)} {short}: {GAP_WORDS[reason]}
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}
