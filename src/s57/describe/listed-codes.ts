/** Returns the members of a list attribute such as `1,3`, without empty ones. */
export function listedCodes(value: string | undefined): string[] {
  return (value ?? '')
    .split(',')
    .map((code) => code.trim())
    .filter((code) => code !== '')
}
