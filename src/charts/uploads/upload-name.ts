const LONGEST = 200

/**
 * A file name as it may be stored and shown: the last part of whatever path was sent, letters and digits of any script, spaces
 * and a few marks; anything else becomes `_`. A long name loses its middle, never its ending.
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
