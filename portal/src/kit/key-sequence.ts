/** The properties of a key press that matter here. */
export interface KeyPress {
  key: string
  ctrlKey: boolean
  metaKey: boolean
  altKey: boolean
  shiftKey: boolean
}

/** Milliseconds within which the second key of a sequence must follow. */
const PATIENCE = 1_500

/**
 * Recognises keys and sequences of two ("g j"). Returns what was pressed in the notation of the bindings, or null when it begins a
 * sequence.
 * @param starts the first keys of sequences.
 */
export function createKeySequence(starts: readonly string[], now: () => number): (press: KeyPress) => string | null {
  let first: { key: string; at: number } | null = null
  return (press) => {
    if (press.ctrlKey || press.metaKey || press.altKey) return null
    const key = keyName(press)
    const before = first !== null && now() - first.at < PATIENCE ? first.key : null
    first = null
    if (before !== null) return `${before} ${key}`
    if (!starts.includes(key)) return key
    first = { key, at: now() }
    return null
  }
}

/** "x", "Shift+R", "Enter", "?": shift is named for letters only, where it is not in the character. */
function keyName({ key, shiftKey }: KeyPress): string {
  return shiftKey && /^[A-Z]$/.test(key) ? `Shift+${key}` : key
}

/** Whether a key is a single character, which users of speech input may type by accident. */
export function isLetterKey(name: string): boolean {
  return name.split(' ').every((part) => part.replace(/^Shift\+/, '').length === 1)
}
