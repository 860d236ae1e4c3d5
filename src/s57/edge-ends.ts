/** The ends of an edge, as the integers of the file; an end whose node is missing is the first or last of its own coordinates. */
export interface EdgeEnds {
  beginX: number
  beginY: number
  endX: number
  endY: number
  /** Whether the edge has a node there, so that the position comes in addition to its own coordinates. */
  hasBegin: boolean
  hasEnd: boolean
}
