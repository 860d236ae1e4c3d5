import type { TextFormat, TextPart, TextUse } from '#portrayal/table/row.ts'
import { type DepthStyle, depthText } from './depth-expression.ts'
import { type Expression, expr, get, has } from './expression.ts'
import { heightText } from './height-expression.ts'
import { seabedText } from './seabed-expression.ts'
import { variationText } from './variation-expression.ts'

/** How numbers are written in this style. */
export interface TextStyle {
  depths: DepthStyle
  heights: 'm' | 'ft'
}

/** A text of the rules as an expression: empty when a part that must be there has no value. */
export function textOfUse({ parts }: TextUse, style: TextStyle): Expression | string {
  const written = parts.map((part) => textOfPart(part, style))
  const text = written.length === 1 ? (written[0] ?? '') : expr('concat', ...written)
  const needed = parts.flatMap((part) => (part.kind === 'value' && !part.optional ? [has(part.attribute)] : []))
  if (needed.length === 0) return text
  return expr('case', needed.length === 1 ? needed[0] : expr('all', ...needed), text, '')
}

function textOfPart(part: TextPart, style: TextStyle): Expression | string {
  if (part.kind === 'literal') return part.text.replace(/ deg$/, '°')
  return textOfValue(part.attribute, part.format, style)
}

function textOfValue(attribute: string, format: TextFormat, { depths, heights }: TextStyle): Expression {
  const value = get(attribute)
  switch (format.kind) {
    case 'text':
      return expr('to-string', value)
    case 'padded':
      return padded(value, format.digits)
    case 'sounding':
      return depthText(attribute, depths)
    case 'contour':
      return depthText(attribute, { ...depths, rounded: false })
    case 'seabed':
      return seabedText()
    case 'variation':
      return variationText(attribute)
    case 'number':
      return numberText(attribute, format, { depths, heights })
  }
}

function numberText(attribute: string, format: TextFormat & { kind: 'number' }, { depths, heights }: TextStyle): Expression {
  if (format.quantity === 'depth') return depthText(attribute, depths)
  if (format.quantity === 'height') {
    const text = heightText(attribute, heights, attribute === 'ELEVAT' || attribute === 'HEIGHT' ? 'height' : 'clearance')
    return format.unit ? expr('concat', text, heights) : text
  }
  const scale = 10 ** format.decimals
  const text = expr('to-string', ['/', ['round', ['*', ['to-number', get(attribute)], scale]], scale])
  return format.unit && format.quantity === 'range' ? expr('concat', text, 'M') : text
}

/** A whole number with at least this many digits. */
function padded(value: Expression, digits: number): Expression {
  const text = expr('to-string', ['round', ['to-number', value]])
  return expr('let', 't', expr('concat', '0'.repeat(digits - 1), text), [
    'slice',
    ['var', 't'],
    ['min', digits - 1, ['-', ['length', ['var', 't']], digits]],
  ])
}
