import { type Expression, expr, get } from '#portrayal/text/expression.ts'

const BUOYS = /^BOY/
const BEACONS = /^BCN/

/** Whether objects of a class have images in their real shape and colours. */
export const isMark = (className: string): boolean => BUOYS.test(className) || BEACONS.test(className) || className === 'DAYMAR'

/** The image of a mark in its shape and colours, or `simplified` when there is none for its combination. */
export function markImage(className: string, simplified: unknown): Expression {
  const part = (attribute: string) => expr('to-string', get(attribute))
  const [prefix, shape] = BUOYS.test(className)
    ? ['mark/BOY', 'BOYSHP']
    : BEACONS.test(className)
      ? ['mark/BCN', 'BCNSHP']
      : ['mark/DAY', 'TOPSHP']
  const pattern = className === 'DAYMAR' ? [] : ['-', part('COLPAT')]
  const name = expr('concat', prefix, part(shape), '-', part('COLOUR'), ...pattern)
  // The simplified image is a `coalesce` itself.
  const fallbacks = Array.isArray(simplified) && simplified[0] === 'coalesce' ? simplified.slice(1) : [simplified]
  return expr('coalesce', ['image', name], ...fallbacks)
}
