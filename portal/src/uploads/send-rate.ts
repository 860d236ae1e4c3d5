/** How fast bytes are sent. */
export interface SendRate {
  /** Takes the bytes sent so far. */
  note(sent: number, now: number): void
  /** Bytes a second over the last seconds; null until it is known. */
  perSecond(): number | null
  /** Seconds left for the remaining bytes; null before the rate has been steady for a while. */
  secondsLeft(remaining: number, now: number): number | null
}

const WINDOW = 8_000
const SETTLED = 3_000

/** Measures a rate over a window of eight seconds. */
export function createSendRate(): SendRate {
  let samples: { sent: number; at: number }[] = []
  let beganAt: number | null = null

  function perSecond(): number | null {
    const first = samples[0]
    const last = samples.at(-1)
    if (first === undefined || last === undefined || last.at - first.at < 500) return null
    return ((last.sent - first.sent) * 1_000) / (last.at - first.at)
  }

  return {
    note(sent, now) {
      beganAt ??= now
      samples.push({ sent, at: now })
      samples = samples.filter(({ at }) => at >= now - WINDOW)
    },
    perSecond,
    secondsLeft(remaining, now) {
      const rate = perSecond()
      if (rate === null || rate <= 0 || beganAt === null || now - beganAt < SETTLED) return null
      return remaining / rate
    },
  }
}
