/** What the fault harness passes to a case. */
export interface FaultContext {
  seed: number
  /** Random requests of the case that sends them. */
  requests: number
  /** An empty folder for this case, which other accounts may enter. */
  folder: string
}

/** The result of a case, which held when `broken` is empty. */
export interface FaultReport {
  broken: string[]
  /** Measured values and observed answers, in a few words. */
  seen: string
}

export type FaultOutcome = FaultReport | { skipped: string }

/** One hostile thing, done to a real server process. */
export interface FaultCase {
  /** As `--only` takes it. */
  name: string
  /** What holds when the case holds. */
  title: string
  run(context: FaultContext): Promise<FaultOutcome>
}
