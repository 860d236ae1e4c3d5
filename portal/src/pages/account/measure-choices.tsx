import { Tabs } from '../../kit/tabs.tsx'
import {
  DEPTH_UNITS,
  DEPTH_WORDS,
  DISTANCE_UNITS,
  DISTANCE_WORDS,
  HEIGHT_UNITS,
  HEIGHT_WORDS,
  type Measures,
  POSITION_FORMATS,
  POSITION_WORDS,
} from '../../text/measures.ts'
import { positionText } from '../map/position-text.ts'
import classes from './account.module.css'

const EXAMPLE = { latitude: 32.031, longitude: -80.851 }

/** The units and the format of positions, on the map and everywhere else. */
export function MeasureChoices({ held, onChange }: { held: Measures; onChange(changes: Partial<Measures>): void }) {
  return (
    <>
      <div className={classes.choice}>
        <span>Depths</span>
        <Tabs
          label="Depths"
          value={held.depthUnit}
          options={DEPTH_UNITS.map((value) => ({ value, word: DEPTH_WORDS[value] }))}
          onChange={(depthUnit) => onChange({ depthUnit })}
        />
      </div>
      <div className={classes.choice}>
        <span>Heights</span>
        <Tabs
          label="Heights"
          value={held.heightUnit}
          options={HEIGHT_UNITS.map((value) => ({ value, word: HEIGHT_WORDS[value] }))}
          onChange={(heightUnit) => onChange({ heightUnit })}
        />
        <p className={classes.choiceHint}>In the words about an object. Numbers on the chart itself follow the unit of depths.</p>
      </div>
      <div className={classes.choice}>
        <span>Distances</span>
        <Tabs
          label="Distances"
          value={held.distanceUnit}
          options={DISTANCE_UNITS.map((value) => ({ value, word: DISTANCE_WORDS[value] }))}
          onChange={(distanceUnit) => onChange({ distanceUnit })}
        />
      </div>
      <label className={classes.choice}>
        <span>Positions</span>
        <select
          value={held.positionFormat}
          onChange={({ target }) =>
            onChange({ positionFormat: POSITION_FORMATS.find((each) => each === target.value) ?? 'minutes' })
          }
        >
          {POSITION_FORMATS.map((format) => (
            <option key={format} value={format}>
              {POSITION_WORDS[format]}
            </option>
          ))}
        </select>
        <span className={classes.choiceHint}>{positionText(EXAMPLE, held.positionFormat)}</span>
      </label>
    </>
  )
}
