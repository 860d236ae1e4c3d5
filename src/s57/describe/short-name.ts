/** Words at the end of a name that only say what kind of aid it is. */
const KINDS = new Set([
  ...['lighted', 'unlighted', 'light', 'lights', 'buoy', 'buoys', 'beacon', 'daybeacon', 'daymark'],
  ...['bell', 'gong', 'whistle', 'horn', 'lt', 'bn'],
])

/**
 * Returns the name of an aid to navigation as charts show it beside the symbol: the ending `27` or `31A`, letters in quotes (`"BR"`), or
 * else the name without the kind of aid. Empty for an empty name.
 *
 * @param name OBJNAM, such as `Beaufort River Lighted Buoy 27`.
 */
export function shortName(name: string): string {
  const words = name.split(/\s/).filter((word) => word !== '')
  // Remarks at the end: `NOAA Data Lighted Buoy 41002 (ODAS)`.
  while (words.length > 1 && words.at(-1)!.startsWith('(') && words.at(-1)!.endsWith(')')) words.pop()
  const ending = (words.at(-1) ?? '').split(/[^\p{L}\p{N}]/u).findLast((piece) => piece !== '') ?? ''
  if (/^\d+[A-Za-z]{0,3}$/.test(ending)) return ending
  if (/^[A-Z]{1,3}\d{0,2}$/.test(ending)) return `"${ending}"`
  const named = words.findLastIndex((word) => !KINDS.has(bare(word).toLowerCase()))
  const rest = named === -1 ? words : words.slice(0, named + 1)
  return bare(rest.join(' '))
}

/** Returns a text without a full stop or comma after it. */
function bare(text: string): string {
  return text.replace(/[.,]$/, '')
}
