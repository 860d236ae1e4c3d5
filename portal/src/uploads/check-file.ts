/** The largest file that the server takes, in bytes. */
export const LARGEST_FILE = 1024 ** 3

const ACCEPTED = 'Accepted are exchange sets (.zip), cells and updates (.000, .001 and so on) and permits (.prm, PERMIT.TXT).'

/**
 * Finds what would make the server refuse a file, before any of it is sent.
 *
 * @param start the first bytes of the file, 4 at least where it has them.
 * @returns the reason as a sentence, or null when the file may be sent. The server decides in the end.
 */
export function refusalOf(file: { name: string; size: number }, start: Uint8Array): string | null {
  const kind = kindOf(file.name)
  if (kind === null) return `Files of this type are not accepted. ${ACCEPTED}`
  if (file.size === 0) return 'The file is empty.'
  if (file.size > LARGEST_FILE) return 'The file is larger than 1 GB. Send the exchange set in parts.'
  const isZip = start[0] === 0x50 && start[1] === 0x4b
  if (kind === 'zip' && !isZip) return 'The file has the name of a zip, but it is not one.'
  if (kind !== 'zip' && isZip) return 'The file is a zip under another name. Name it .zip.'
  return null
}

function kindOf(name: string): 'zip' | 'permit' | 'cell' | null {
  if (/\.zip$/i.test(name)) return 'zip'
  if (/\.prm$/i.test(name) || /^permit.*\.txt$/i.test(name)) return 'permit'
  return /\.\d{3}$/.test(name) ? 'cell' : null
}
