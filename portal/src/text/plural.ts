const numbers = new Intl.NumberFormat('en')
const rules = new Intl.PluralRules('en')

/** A number with its separators: 10,000. */
export function integer(value: number): string {
  return numbers.format(value)
}

/** A number and its noun: "1 chart", "2 charts", "3 retries". */
export function counted(value: number, noun: string, plural = `${noun}s`): string {
  return `${integer(value)} ${rules.select(value) === 'one' ? noun : plural}`
}
