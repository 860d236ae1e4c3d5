/** The milliseconds that an answer asks to wait, in seconds or until a time; null when it does not say. @param now by the same clock. */
export function retryAfter(headers: Headers, now: number): number | null {
  const text = headers.get('retry-after')
  if (text === null || text.trim() === '') return null
  const seconds = Number(text)
  const wait = Number.isFinite(seconds) ? seconds * 1_000 : Date.parse(text) - now
  return Number.isFinite(wait) ? Math.max(0, wait) : null
}
