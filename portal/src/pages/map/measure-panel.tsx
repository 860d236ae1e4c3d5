import { Button } from '../../kit/button.tsx'
import { usePreferences } from '../../state/portal-context.tsx'
import { downloadText } from '../job/download-text.ts'
import { gpxOf } from './line-files.ts'
import { LineTools } from './line-tools.tsx'
import classes from './map.module.css'
import { legsOf, type Position } from './rhumb.ts'
import { bearingText, type DepthUnit, distanceText } from './units.ts'
import type { MapState } from './use-map-state.ts'

/** The legs of the line with true bearing and distance, and their total. */
export function MeasurePanel({
  line,
  units,
  onChange,
  centre,
}: {
  line: readonly Position[]
  units: DepthUnit
  onChange(patch: Partial<MapState>): void
  centre(): Position
}) {
  const { legs, metres } = legsOf(line)
  const { distanceUnit } = usePreferences()
  const numbered = legs.map((leg, i) => ({ ...leg, number: i + 1 }))
  return (
    <section className={`${classes.panel} ${classes.measure}`} aria-label="Measure">
      <header className={classes.panelHead}>
        <h2>Measure</h2>
        <Button kind="quiet" icon="close" label="Close" onClick={() => onChange({ tool: null })} />
      </header>
      <div className={classes.panelBody}>
        {legs.length === 0 ? (
          <p className={classes.hint}>Click two or more places on the chart. Points can be dragged.</p>
        ) : (
          <div className={classes.legs}>
            <table>
              <thead>
                <tr>
                  <th scope="col">Leg</th>
                  <th scope="col">True bearing</th>
                  <th scope="col">Distance</th>
                </tr>
              </thead>
              <tbody>
                {numbered.map((leg) => (
                  <tr key={leg.number}>
                    <td>{leg.number}</td>
                    <td>{bearingText(leg.bearing)}</td>
                    <td>{distanceText(leg.metres, units, distanceUnit)}</td>
                  </tr>
                ))}
              </tbody>
              <tfoot>
                <tr>
                  <th scope="row" colSpan={2}>
                    Total
                  </th>
                  <td>{distanceText(metres, units, distanceUnit)}</td>
                </tr>
              </tfoot>
            </table>
          </div>
        )}
        <LineTools line={line} onChange={onChange} centre={centre} />
        <div className={classes.lineTools}>
          <Button
            icon="profile"
            off={line.length < 2 ? 'The line needs two points' : null}
            onClick={() => onChange({ tool: 'profile' })}
          >
            Depth profile
          </Button>
          <Button
            icon="download"
            off={line.length < 2 ? 'The line needs two points' : null}
            onClick={() => downloadText('line.gpx', gpxOf(line, 'Line of the chart'))}
          >
            GPX
          </Button>
        </div>
      </div>
    </section>
  )
}
