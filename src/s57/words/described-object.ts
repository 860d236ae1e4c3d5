/** What is needed of a chart object to describe it. */
export interface DescribedObject {
  /** Its class: `BOYLAT`, or `OBJL_1234` outside the catalogue. */
  acronym: string
  /** Values as the file writes them, by acronym; empty for a value that is stated as unknown. */
  attributes: ReadonlyMap<string, string>
  /** Depths of the soundings that are described, in metres, negative above the datum; empty for other classes. */
  depths: readonly number[]
}

/** The beginning of a sentence, and what follows the colon. */
export interface Description {
  /** In lower case, such as `starboard-hand buoy`. */
  noun: string
  clauses: string[]
}
