import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useId } from 'react'
import { Tabs } from '../../kit/tabs.tsx'
import { usePortal } from '../../state/portal-context.tsx'
import { FORMATS, KINDS, THEMES } from '../../text/exports-en.ts'
import classes from './exports.module.css'
import { DEEPEST, type PackForm, withKind, withZoom } from './pack-form.ts'

interface ChoicesProps {
  form: PackForm
  onChange(form: PackForm): void
}

const KIND_OPTIONS = (['vector', 'raster'] as const).map((value) => ({ value, word: KINDS[value].name }))
const FORMAT_OPTIONS = (['pmtiles', 'mbtiles'] as const).map((value) => ({ value, word: FORMATS[value].name }))
const THEME_OPTIONS = (['day', 'dusk', 'night'] as const).map((value) => ({ value, word: THEMES[value] }))

/** Zooms, kind, format, colours and style of a pack. */
export function PackChoices({ form, onChange }: ChoicesProps) {
  return (
    <>
      <Zooms form={form} onChange={onChange} />
      <Choice name="Tiles" hint={KINDS[form.kind].hint}>
        <Tabs label="Tiles" value={form.kind} options={KIND_OPTIONS} onChange={(kind) => onChange(withKind(form, kind))} />
      </Choice>
      <Choice name="Format" hint={FORMATS[form.format].hint}>
        <Tabs label="Format" value={form.format} options={FORMAT_OPTIONS} onChange={(format) => onChange({ ...form, format })} />
      </Choice>
      <Choice name="Colours" hint={form.kind === 'vector' ? 'All three are in the pack; it opens in this one.' : undefined}>
        <Tabs label="Colours" value={form.theme} options={THEME_OPTIONS} onChange={(theme) => onChange({ ...form, theme })} />
      </Choice>
      <StyleChoice form={form} onChange={onChange} />
    </>
  )
}

function Choice({ name, hint, children }: { name: string; hint?: string | undefined; children: ReactNode }) {
  return (
    <div className={classes.choice}>
      <span className={classes.name}>{name}</span>
      {children}
      {hint === undefined ? null : <p className={classes.hint}>{hint}</p>}
    </div>
  )
}

function Zooms({ form, onChange }: ChoicesProps) {
  const zooms = Array.from({ length: DEEPEST[form.kind] + 1 }, (_, zoom) => zoom)
  const select = (end: 'minZoom' | 'maxZoom', name: string) => (
    <select aria-label={name} value={form[end]} onChange={({ target }) => onChange(withZoom(form, end, Number(target.value)))}>
      {zooms.map((zoom) => (
        <option key={zoom} value={zoom}>
          {zoom}
        </option>
      ))}
    </select>
  )
  return (
    <Choice name="Zooms" hint="Each zoom deeper has about four times the tiles: 10 shows a coast, 13 a harbour, 16 its berths.">
      <span className={classes.zooms}>
        {select('minZoom', 'Shallowest zoom')}
        to
        {select('maxZoom', 'Deepest zoom')}
      </span>
    </Choice>
  )
}

/** The choice among custom styles of the account; absent when there are none. */
function StyleChoice({ form, onChange }: ChoicesProps) {
  const id = useId()
  const { exports } = usePortal()
  const { data: styles } = useQuery({ queryKey: ['style names'], queryFn: ({ signal }) => exports.styles(signal) })
  const known = styles?.some((style) => style.id === form.styleId) === true
  if ((styles === undefined || styles.length === 0) && form.styleId === null) return null
  return (
    <div className={classes.choice}>
      <label className={classes.name} htmlFor={id}>
        Style
      </label>
      <select
        id={id}
        value={form.styleId ?? ''}
        onChange={({ target }) => onChange({ ...form, styleId: target.value === '' ? null : Number(target.value) })}
      >
        <option value="">As usual</option>
        {styles?.map((style) => (
          <option key={style.id} value={style.id}>
            {style.name}
          </option>
        ))}
        {form.styleId === null || known ? null : <option value={form.styleId}>Style {form.styleId}</option>}
      </select>
    </div>
  )
}
