import type { PortrayalSettings } from '#portrayal/table/row.ts'
import { literal } from '#portrayal/text/expression.ts'
import { settingsOf } from './settings-of.ts'
import type { StyleOptions } from './style-options.ts'

export type SymbolChoice = 'real' | 'simplified' | 'paper'

/** What every layer is built from. */
export interface StyleContext {
  options: StyleOptions
  settings: PortrayalSettings
  symbols: SymbolChoice
  /** Whether all our glyphs are there: lowered digits and bold. */
  ownFont: boolean
  heightUnits: 'm' | 'ft'
  fonts: Record<'regular' | 'italic' | 'bold', readonly string[]>
  /** Whether the caller has charts with a class. */
  has(className: string): boolean
}

export function createContext(options: StyleOptions): StyleContext {
  const { classes, iconSet, font } = options
  const named = (style: string) => [font ?? `Noto Sans ${style}`]
  return {
    options,
    settings: settingsOf(options),
    symbols: /paper/i.test(iconSet) ? 'paper' : /simplified/i.test(iconSet) ? 'simplified' : 'real',
    ownFont: options.font === null && options.glyphs === null,
    heightUnits: options.depthUnits === 'meters' ? 'm' : 'ft',
    fonts: { regular: named('Regular'), italic: named('Italic'), bold: named('Bold') },
    has: (className) => classes === null || classes.has(className),
  }
}

/** The font of some text, as a layout value. */
export const fontOf = (context: StyleContext, style: 'regular' | 'italic' | 'bold') => literal(context.fonts[style])
