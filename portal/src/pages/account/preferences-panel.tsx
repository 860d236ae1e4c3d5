import { Panel } from '../../kit/panel.tsx'
import { Tabs } from '../../kit/tabs.tsx'
import { usePortal, usePreferences } from '../../state/portal-context.tsx'
import classes from './account.module.css'
import { MeasureChoices } from './measure-choices.tsx'

/** How this browser shows the portal. Changes apply at once and are kept on this device. */
export function PreferencesPanel() {
  const { preferences } = usePortal()
  const held = usePreferences()
  return (
    <Panel title="Preferences" note="kept on this device">
      <div className={classes.preferences}>
        <div className={classes.choice}>
          <span>Colours</span>
          <Tabs
            label="Colours"
            value={held.scheme}
            options={[
              { value: 'auto', word: 'As the device' },
              { value: 'light', word: 'Light' },
              { value: 'dark', word: 'Dark' },
              { value: 'night', word: 'Night' },
            ]}
            onChange={(scheme) => preferences.set({ ...held, scheme })}
          />
        </div>
        <div className={classes.choice}>
          <span>Times</span>
          <Tabs
            label="Times"
            value={held.zone}
            options={[
              { value: 'local', word: 'Local' },
              { value: 'utc', word: 'UTC' },
            ]}
            onChange={(zone) => preferences.set({ ...held, zone })}
          />
        </div>
        <div className={classes.choice}>
          <span>Rows</span>
          <Tabs
            label="Rows"
            value={held.density}
            options={[
              { value: 'comfortable', word: 'Comfortable' },
              { value: 'compact', word: 'Compact' },
            ]}
            onChange={(density) => preferences.set({ ...held, density })}
          />
        </div>
        <MeasureChoices held={held} onChange={(changes) => preferences.set({ ...held, ...changes })} />
        <label className={classes.tick}>
          <input
            type="checkbox"
            checked={held.letterKeys}
            onChange={(event) => preferences.set({ ...held, letterKeys: event.target.checked })}
          />
          Single letters work as keys. Press ? to see them.
        </label>
      </div>
    </Panel>
  )
}
