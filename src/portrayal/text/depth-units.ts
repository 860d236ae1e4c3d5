/** Units of soundings and other depths. */
export type DepthUnits = 'meters' | 'feet' | 'fathoms'
