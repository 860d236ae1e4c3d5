/** The ends of an edge in units of COMF; an end whose node is missing is the first or last coordinate of the edge. */
export interface EdgeEnds {
  beginX: number
  beginY: number
  endX: number
  endY: number
  /** Whether the end is a node, whose position is not among the coordinates of the edge. */
  hasBegin: boolean
  hasEnd: boolean
}
