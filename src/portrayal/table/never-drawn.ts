const NOT_IN_ENC = 'the ENC product specification prohibits the class'
const NO_GEOMETRY = 'a collection has no geometry'
const PAPER_CHART = 'a cartographic object of the paper chart, which the ENC product specification prohibits'

/** Classes of S-57 that are never drawn, with the reason for each. */
export const NEVER_DRAWN: ReadonlyMap<string, string> = new Map([
  ...['CANBNK', 'LAKSHR', 'RIVBNK', 'SQUARE', 'M_HDAT', 'M_PROD', 'M_UNIT'].map((name) => [name, NOT_IN_ENC] as const),
  ...['C_AGGR', 'C_ASSO', 'C_STAC'].map((name) => [name, NO_GEOMETRY] as const),
  ...['$AREAS', '$LINES', '$CSYMB', '$COMPS', '$TEXTS'].map((name) => [name, PAPER_CHART] as const),
])
