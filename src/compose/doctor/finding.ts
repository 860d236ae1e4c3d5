import { messageOf } from '#lib/errors.ts'

/** What the doctor found about one thing. */
export interface Finding {
  name: string
  /** skipped: not checked, because something that it depends on is broken. */
  state: 'ok' | 'warning' | 'failed' | 'skipped'
  message: string
  /** What to do; null when nothing is wrong. */
  action: string | null
}

type Words = Omit<Finding, 'name' | 'state'>

export function ok(message: string): Omit<Finding, 'name'> {
  return { state: 'ok', message, action: null }
}

export function warning(message: string, action: string): Omit<Finding, 'name'> {
  return { state: 'warning', ...({ message, action } satisfies Words) }
}

export function failed(message: string, action: string): Omit<Finding, 'name'> {
  return { state: 'failed', ...({ message, action } satisfies Words) }
}

export function skipped(message: string): Omit<Finding, 'name'> {
  return { state: 'skipped', message, action: null }
}

/** Runs a check; one that throws is a finding too. @param action what to do when it throws. */
export async function examine(name: string, action: string, check: () => Promise<Omit<Finding, 'name'>>): Promise<Finding> {
  try {
    return { name, ...(await check()) }
  } catch (error) {
    return { name, ...failed(sentence(messageOf(error)), action) }
  }
}

/** Begins with a capital and ends with a full stop. */
export function sentence(text: string): string {
  const begun = `${text.charAt(0).toUpperCase()}${text.slice(1)}`
  return /[.!?]$/.test(begun) ? begun : `${begun}.`
}
