/** The field of a filter that finds charts by name or title. */
export function NameSearch({ value, onChange }: { value: string | undefined; onChange(next: string): void }) {
  return (
    <input
      type="search"
      aria-label="Search by name or title"
      placeholder="Name or title"
      value={value ?? ''}
      onChange={({ target }) => onChange(target.value)}
    />
  )
}
