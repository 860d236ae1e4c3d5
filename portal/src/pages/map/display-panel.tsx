import { useState } from 'react'
import { Button } from '../../kit/button.tsx'
import { Tabs } from '../../kit/tabs.tsx'
import { GROUP_WORDS, THEME_WORDS } from '../../text/map-en.ts'
import { DEPTH_WORDS } from '../../text/measures.ts'
import { GROUP_NAMES } from './group-names.ts'
import classes from './map.module.css'
import { DEFAULT_DISPLAY, type Display, THEMES } from './map-view.ts'
import { DEPTH_UNITS, safetyMetres, safetyNumber, UNITS } from './units.ts'
import type { MapStateHandle } from './use-map-state.ts'

/** What the chart shows. Each change takes effect at once. */
export function DisplayPanel({ handle, onClose }: { handle: MapStateHandle; onClose(): void }) {
  const { state, changeDisplay, nightScheme, setNightScheme } = handle
  const { display } = state
  return (
    <section className={`${classes.panel} ${classes.display}`} aria-label="Display">
      <header className={classes.panelHead}>
        <h2>Display</h2>
        <Button kind="quiet" onClick={() => changeDisplay({ ...DEFAULT_DISPLAY, units: display.units })}>
          As usual
        </Button>
        <Button kind="quiet" icon="close" label="Close" onClick={onClose} />
      </header>
      <div className={classes.panelBody}>
        <Tabs
          label="Colours"
          value={display.theme}
          options={THEMES.map((value) => ({ value, word: THEME_WORDS[value] }))}
          onChange={(theme) => changeDisplay({ theme })}
        />
        {display.theme === 'night' ? (
          <Switch name="Night colours for the whole portal" on={nightScheme} onChange={setNightScheme} />
        ) : null}
        <SafetyDepth display={display} onChange={changeDisplay} onClose={onClose} />
        <Tabs
          label="Depths in"
          value={display.units}
          options={DEPTH_UNITS.map((value) => ({ value, word: DEPTH_WORDS[value] }))}
          onChange={(units) => changeDisplay({ units })}
        />
        <fieldset className={classes.switches}>
          <legend>Shown on the chart</legend>
          {GROUP_NAMES.map((name) => (
            <Switch
              key={name}
              name={GROUP_WORDS[name].name}
              hint={GROUP_WORDS[name].hides}
              on={!display.hidden.includes(name)}
              onChange={(on) =>
                changeDisplay({ hidden: withGroup(display, name, on), ...(name === 'lights' && !on ? { sectors: false } : {}) })
              }
            />
          ))}
          <p className={classes.hint}>Dangers, the coast, the shades of depth and the safety contour always show.</p>
        </fieldset>
        <fieldset className={classes.switches}>
          <legend>More</legend>
          <Switch
            name="Light sectors"
            hint="Arcs and legs of lights; switches the lights on"
            on={display.sectors}
            onChange={(sectors) => changeDisplay({ sectors, ...(sectors ? { hidden: withGroup(display, 'lights', true) } : {}) })}
          />
          <Switch
            name="Chart outlines"
            hint="Limits and names of charts"
            on={display.outlines}
            onChange={(outlines) => changeDisplay({ outlines })}
          />
          <Switch
            name="Overscale"
            hint="Lines across ground drawn at more than twice the scale of its chart"
            on={display.overscale}
            onChange={(overscale) => changeDisplay({ overscale })}
          />
          <Switch
            name="Reports of users"
            hint="What users report and the soundings they send, from zoom 11 on"
            on={display.reports}
            onChange={(reports) => changeDisplay({ reports })}
          />
        </fieldset>
      </div>
    </section>
  )
}

function withGroup({ hidden }: Display, name: Display['hidden'][number], shown: boolean): Display['hidden'] {
  return GROUP_NAMES.filter((each) => (each === name ? !shown : hidden.includes(each)))
}

function Switch({ name, hint, on, onChange }: { name: string; hint?: string; on: boolean; onChange(on: boolean): void }) {
  return (
    <label className={classes.switch}>
      <input type="checkbox" checked={on} onChange={({ target }) => onChange(target.checked)} />
      <span>
        {name}
        {hint === undefined ? null : <small>{hint}</small>}
      </span>
    </label>
  )
}

function SafetyDepth({
  display,
  onChange,
  onClose,
}: {
  display: Display
  onChange(patch: Partial<Display>): void
  onClose(): void
}) {
  const { depth, units } = display
  const { short, most, step } = UNITS[units]
  const shown = safetyNumber(depth, units)
  const [typed, setTyped] = useState<string | null>(null)
  const wrong = typed !== null && safetyMetres(typed.trim() === '' ? Number.NaN : Number(typed), units) === null

  function set(text: string): void {
    const metres = safetyMetres(text.trim() === '' ? Number.NaN : Number(text), units)
    setTyped(text)
    if (metres !== null) onChange({ depth: metres })
  }
  return (
    <div className={classes.safety}>
      <label className={classes.safetyNumber}>
        Safety depth
        <input
          type="number"
          inputMode="decimal"
          min={0}
          step="any"
          value={typed ?? shown}
          aria-invalid={wrong || undefined}
          onChange={({ target }) => set(target.value)}
          onBlur={() => setTyped(null)}
          onKeyDown={(event) => {
            // A field handles its own keys, so the map does not see this one.
            if (event.key !== 'Escape') return
            event.preventDefault()
            onClose()
          }}
        />
        {short}
      </label>
      <input
        type="range"
        aria-label={`Safety depth, ${short}`}
        min={0}
        max={most}
        step={step}
        value={Math.min(shown, most)}
        onChange={({ target }) => {
          setTyped(null)
          onChange({ depth: safetyMetres(Number(target.value), units) ?? depth })
        }}
      />
      {wrong ? <p className={classes.hint}>A number from 0 to {Math.floor(1_000 / UNITS[units].metres)}.</p> : null}
    </div>
  )
}
