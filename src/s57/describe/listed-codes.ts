/** Returns the members of a list attribute such as `1,3`, without empty ones. */
export function listedCodes(value: string | undefined): string[] {
  // Nearly all lists have one member.
  if (value !== undefined && /^\d+$/.test(value)) return [value]
  return (value ?? '')
    .split(',')
    .map((code) => code.trim())
    .filter((code) => code !== '')
}
