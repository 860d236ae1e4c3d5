import classes from './tabs.module.css'

/** A choice of one of a few, as buttons side by side. */
export function Tabs<T extends string>({
  label,
  value,
  options,
  onChange,
}: {
  label: string
  value: T
  options: readonly { value: T; word: string }[]
  onChange(value: T): void
}) {
  return (
    <fieldset className={classes.tabs}>
      <legend className="visually-hidden">{label}</legend>
      {options.map((option) => (
        <button
          key={option.value}
          type="button"
          className={classes.tab}
          aria-pressed={option.value === value}
          onClick={() => onChange(option.value)}
        >
          {option.word}
        </button>
      ))}
    </fieldset>
  )
}
