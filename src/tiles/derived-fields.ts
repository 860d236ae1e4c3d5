/** Field names to types of TileJSON. */
export type LayerFields = Record<string, string>

const DANGERS = new Set(['WRECKS', 'OBSTRN', 'UWTROC'])
const MARK = /^(BOY|BCN)[A-Z]|^LIT(FLT|VES)$/
const NAMED = new Set(['DAYMAR', 'TOPMAR', 'LIGHTS', 'FOGSIG', 'RTPBCN'])

/** Returns the fields that the compiler adds to the points of an object class. @param acronym in upper case. */
export function derivedFields(acronym: string): LayerFields {
  const isMark = MARK.test(acronym)
  return {
    lowAccuracy: 'Boolean',
    ...(DANGERS.has(acronym)
      ? { depth: 'Number', depthAssumed: 'Boolean', depthAround: 'Number', depthAroundMin: 'Number' }
      : {}),
    ...(isMark || NAMED.has(acronym) || acronym === 'SBDARE' ? { label: 'String' } : {}),
    ...(isMark ? { TOPSHP: 'Number', daymarkShape: 'Number', daymarkColour: 'String' } : {}),
    ...(acronym === 'TOPMAR' || acronym === 'DAYMAR' ? { floating: 'Boolean' } : {}),
    ...(acronym === 'LIGHTS' ? LIGHT_FIELDS : {}),
    ...(acronym === 'NEWOBJ' ? SYMBOL_FIELDS : {}),
  }
}

const LIGHT_FIELDS: LayerFields = {
  ...{ character: 'String', rangeText: 'String', statusText: 'String' },
  ...{ flare: 'Number', place: 'Number', sector: 'Boolean' },
}

const SYMBOL_FIELDS: LayerFields = {
  ...{ sy1: 'String', sy2: 'String', sy3: 'String', sy1Rotation: 'Number', sy2Rotation: 'Number', sy3Rotation: 'Number' },
  ...{ tx1: 'String', tx2: 'String', ls: 'String', lsWidth: 'Number', lsColour: 'String' },
  ...{ lc: 'String', ac: 'String', acOpacity: 'Number', ap: 'String' },
}
