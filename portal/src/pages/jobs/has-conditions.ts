/** Whether NOAA's conditions hold for the catalogue at this address. A mirror has none. */
export function hasConditions(address: string): boolean {
  return /\bnoaa\.gov\b/.test(address)
}
