import { SOURCE_NAMES, scaleText } from '../../../text/charts-en.ts'
import { counted, integer } from '../../../text/plural.ts'
import classes from '../charts.module.css'
import { NameSearch } from '../name-search.tsx'
import { AGES, type CellFilter, type FilterChanges, rangeOf, SCALES, SOURCES } from './cell-filter.ts'

interface CellFiltersProps {
  filter: CellFilter
  shown: number
  /** Undefined until the charts are read. */
  total: number | undefined
  /** Whether the map of outlines has reported what it shows. */
  knowsView: boolean
  /** Whether some of the charts are invented. */
  hasInvented: boolean
  onChange(changes: FilterChanges): void
}

/** The filters of the list of charts, and how many charts match. */
export function CellFilters({ filter, shown, total, knowsView, hasInvented, onChange }: CellFiltersProps) {
  const sources = SOURCES.filter((source) => source !== 'invented' || hasInvented || filter.source === source)
  return (
    <search className={classes.filters}>
      <NameSearch value={filter.q} onChange={(q) => onChange({ q })} />
      <Choice
        label="Source"
        all="All sources"
        value={filter.source}
        options={sources.map((source) => [source, SOURCE_NAMES[source] ?? source])}
        onChange={(source) => onChange({ source })}
      />
      <Choice
        label="Scale"
        all="All scales"
        value={filter.scale}
        options={SCALES.map((scale) => [scale, rangeText(scale)])}
        onChange={(scale) => onChange({ scale })}
      />
      <Choice
        label="Age"
        all="Any age"
        value={filter.old}
        options={AGES.map((years) => [years, `Over ${counted(Number(years), 'year')} old`])}
        onChange={(old) => onChange({ old })}
      />
      {knowsView ? (
        <label className={classes.check}>
          <input
            type="checkbox"
            checked={filter.here === 'only'}
            onChange={({ target }) => onChange({ here: target.checked ? 'only' : undefined })}
          />
          In view only
        </label>
      ) : null}
      <span className={classes.count} role="status">
        {total === undefined ? '' : shown === total ? counted(total, 'chart') : `${integer(shown)} of ${counted(total, 'chart')}`}
      </span>
    </search>
  )
}

function rangeText(scale: (typeof SCALES)[number]): string {
  const [from, to] = rangeOf(scale)
  if (from === 0) return `${scaleText(to)} and larger`
  return to === Number.POSITIVE_INFINITY ? `Smaller than ${scaleText(from - 1)}` : `${scaleText(from)} to ${scaleText(to)}`
}

interface ChoiceProps<T extends string> {
  label: string
  /** The label of the choice without a value. */
  all: string
  value: T | undefined
  options: readonly (readonly [T, string])[]
  onChange(value: T | undefined): void
}

function Choice<T extends string>({ label, all, value, options, onChange }: ChoiceProps<T>) {
  return (
    <select
      aria-label={label}
      value={value ?? ''}
      onChange={({ target }) => onChange(options.find(([option]) => option === target.value)?.[0])}
    >
      <option value="">{all}</option>
      {options.map(([option, word]) => (
        <option key={option} value={option}>
          {word}
        </option>
      ))}
    </select>
  )
}
