import { type ReactNode, useId, useState } from 'react'
import type { ApiError } from '../../api/errors.ts'
import { Tabs } from '../../kit/tabs.tsx'
import { THEME_WORDS } from '../../text/map-en.ts'
import { DEPTH_UNITS, DEPTH_WORDS } from '../../text/measures.ts'
import { BOUNDARY_WORDS, IMAGERY_NOTE, SWITCH_WORDS, SYMBOL_WORDS } from '../../text/styles-en.ts'
import { THEMES } from '../map/map-view.ts'
import { SETTING_DEFAULTS, settingOf, symbolsOf } from './setting-values.ts'
import { themeOf, withSettings } from './style-draft.ts'
import classes from './styles.module.css'
import type { StyleEditor } from './use-style-editor.ts'

type SwitchName = keyof typeof SWITCH_WORDS

/** The settings of a style besides its colours. Each change takes effect at once. */
export function SettingsForm({ editor, wrong }: { editor: StyleEditor; wrong: ApiError | null }) {
  const { draft, slots, change } = editor
  const { settings } = draft
  const set = (patch: Record<string, unknown>, key?: string) => change(withSettings(draft, slots, patch), key)
  const field = (name: string) => ({ name, editor, wrong })
  return (
    <div className={classes.settings}>
      <Name editor={editor} />
      <Tabs
        label="Theme"
        value={themeOf(settings)}
        options={THEMES.map((value) => ({ value, word: THEME_WORDS[value] }))}
        onChange={(theme) => set({ theme })}
      />
      <Choice
        label="Symbols"
        value={symbolsOf(settings)}
        words={SYMBOL_WORDS}
        onChange={(symbols) => set({ iconSet: symbols === 'real' ? `enc-${themeOf(settings)}` : symbols })}
      />
      <DepthField {...field('depthLimit')} label="Safety depth, m" />
      <DepthField {...field('shallowDepth')} label="Shallow contour, m" otherwise="by the safety depth" />
      <DepthField {...field('deepDepth')} label="Deep contour, m" otherwise="by the safety depth" />
      <Choice
        label="Depths in"
        value={String(settingOf(settings, 'depthUnits'))}
        words={DEPTH_WORDS}
        order={DEPTH_UNITS}
        onChange={(depthUnits) => set({ depthUnits })}
      />
      <Opacity editor={editor} />
      <Choice
        label="Maritime boundaries"
        value={boundariesOf(settings)}
        words={BOUNDARY_WORDS}
        onChange={(value) => set({ showMaritimeBoundaries: value === 'none' ? false : value })}
      />
      {(Object.keys(SWITCH_WORDS) as SwitchName[]).map((name) => (
        <Switch
          key={name}
          {...SWITCH_WORDS[name]}
          on={settingOf(settings, name) === true}
          onChange={(on) => set({ [name]: on })}
        />
      ))}
      <fieldset className={classes.imagery}>
        <legend>Satellite imagery</legend>
        <Switch
          name="Imagery beneath the chart"
          hint="Needs the address below"
          on={settings['showSatellite'] === true}
          onChange={(on) => set({ showSatellite: on })}
        />
        <Switch
          name="Imagery on land"
          hint="No flat fill of land, so that imagery shows"
          on={settings['maskLandAreas'] === true}
          onChange={(on) => set({ maskLandAreas: on })}
        />
        <TextField {...field('satelliteTileUrl')} label="Address of its tiles" placeholder="https://.../{z}/{x}/{y}.jpg" />
        <p className={classes.tip}>{IMAGERY_NOTE}</p>
      </fieldset>
    </div>
  )
}

function Name({ editor: { draft, change, endStep } }: { editor: StyleEditor }) {
  return (
    <label className={classes.field}>
      Name
      <input
        value={draft.name}
        maxLength={200}
        required
        aria-invalid={draft.name.trim() === '' || undefined}
        onChange={({ target }) => change({ ...draft, name: target.value }, 'name')}
        onBlur={endStep}
      />
    </label>
  )
}

interface FieldProps {
  name: string
  label: string
  editor: StyleEditor
  wrong: ApiError | null
}

function DepthField({ name, label, editor, wrong, otherwise }: FieldProps & { otherwise?: string }) {
  const { draft, slots, change, endStep } = editor
  const value = draft.settings[name] ?? SETTING_DEFAULTS[name] ?? ''
  const [typed, setTyped] = useState<string | null>(null)
  const bad = typed !== null && !fitsDepth(typed, otherwise !== undefined)
  function type(text: string): void {
    setTyped(text)
    if (!fitsDepth(text, otherwise !== undefined)) return
    change(withSettings(draft, slots, { [name]: text.trim() === '' ? undefined : Number(text) }), name)
  }
  return (
    <Field label={label} problem={bad ? 'A number from 0 to 1000.' : problemOf(wrong, name)}>
      {(id) => (
        <input
          id={id}
          inputMode="decimal"
          placeholder={otherwise}
          value={typed ?? String(value)}
          aria-invalid={bad || undefined}
          onChange={({ target }) => type(target.value)}
          onBlur={() => {
            setTyped(null)
            endStep()
          }}
        />
      )}
    </Field>
  )
}

function fitsDepth(text: string, mayBeEmpty: boolean): boolean {
  if (text.trim() === '') return mayBeEmpty
  return /^\s*\d{1,4}(\.\d{1,6})?\s*$/.test(text) && Number(text) <= 1_000
}

function TextField({ name, label, editor, wrong, placeholder }: FieldProps & { placeholder: string }) {
  const { draft, slots, change, endStep } = editor
  return (
    <Field label={label} problem={problemOf(wrong, name)}>
      {(id) => (
        <input
          id={id}
          value={String(draft.settings[name] ?? '')}
          placeholder={placeholder}
          onChange={({ target }) =>
            change(withSettings(draft, slots, { [name]: target.value === '' ? undefined : target.value }), name)
          }
          onBlur={endStep}
        />
      )}
    </Field>
  )
}

function Field({ label, problem, children }: { label: string; problem: string | null; children(id: string): ReactNode }) {
  const id = useId()
  return (
    <div className={classes.field}>
      <label htmlFor={id}>{label}</label>
      {children(id)}
      {problem === null ? null : <p className={classes.wrong}>{problem}</p>}
    </div>
  )
}

/** What the server says about a setting. */
function problemOf(wrong: ApiError | null, name: string): string | null {
  return wrong?.fields.find(({ field }) => field.endsWith(`/settings/${name}`))?.message ?? null
}

function Opacity({ editor: { draft, slots, change, endStep } }: { editor: StyleEditor }) {
  const value = Number(settingOf(draft.settings, 'soundingOpacity'))
  return (
    <label className={classes.field}>
      Strength of soundings, {Math.round(value * 100)} %
      <input
        type="range"
        min={0}
        max={1}
        step={0.05}
        value={value}
        onChange={({ target }) =>
          change(withSettings(draft, slots, { soundingOpacity: Number(target.value) }), 'soundingOpacity')
        }
        onPointerUp={endStep}
        onBlur={endStep}
      />
    </label>
  )
}

function Choice<T extends string>({
  label,
  value,
  words,
  order = Object.keys(words) as T[],
  onChange,
}: {
  label: string
  value: string
  words: Readonly<Record<T, string>>
  order?: readonly T[]
  onChange(value: T): void
}) {
  return (
    <label className={classes.field}>
      {label}
      <select value={value} onChange={({ target }) => onChange(target.value as T)}>
        {order.map((each) => (
          <option key={each} value={each}>
            {words[each]}
          </option>
        ))}
      </select>
    </label>
  )
}

function Switch({ name, hint, on, onChange }: { name: string; hint: string; on: boolean; onChange(on: boolean): void }) {
  return (
    <label className={classes.switch}>
      <input type="checkbox" checked={on} onChange={({ target }) => onChange(target.checked)} />
      <span>
        {name}
        <small>{hint}</small>
      </span>
    </label>
  )
}

function boundariesOf(settings: Readonly<Record<string, unknown>>): keyof typeof BOUNDARY_WORDS {
  const { showMaritimeBoundaries: value } = settings
  return value === 'lines' || value === 'full' ? value : 'none'
}
