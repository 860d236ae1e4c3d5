const LONGEST = 200

/**
 * A file name that is safe to store and show: the last part of the given path, with letters and digits of any script, spaces and a
 * few marks; anything else becomes `_`. Shortens a long name in the middle and keeps its ending.
 */
export function sanitiseFilename(given: string): string {
  const last = given.split(/[/\\]/).at(-1) ?? ''
  const clean = last
    .toWellFormed()
    .normalize('NFC')
    .replaceAll(/[^\p{L}\p{M}\p{N} ._()+@=&,-]/gu, '_')
    .replace(/^[. ]+/, '')
    .trim()
  if (clean === '') return 'unnamed'
  const characters = [...clean]
  if (characters.length <= LONGEST) return clean
  return `${characters.slice(0, LONGEST - 33).join('')}_${characters.slice(-32).join('')}`
}
