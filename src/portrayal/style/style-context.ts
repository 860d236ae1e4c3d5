import type { PortrayalSettings } from '#portrayal/table/row.ts'
import { literal } from '#portrayal/text/expression.ts'
import { settingsOf } from './settings-of.ts'
import { STYLE_DEFAULTS, type StyleOptions } from './style-options.ts'

const USUAL_SETTINGS = settingsOf({ ...STYLE_DEFAULTS, base: '', assets: '' })

export type SymbolChoice = 'real' | 'simplified' | 'paper'

/** What every layer is built from. */
export interface StyleContext {
  readonly options: StyleOptions
  readonly settings: PortrayalSettings
  readonly symbols: SymbolChoice
  /** Whether our own glyphs are available, with lowered digits and bold. */
  readonly ownFont: boolean
  readonly heightUnits: 'm' | 'ft'
  readonly fonts: Record<'regular' | 'italic' | 'bold', readonly string[]>
  /** Whether the caller has charts with a class. */
  has(className: string): boolean
}

/** Called for each value that is read from a context: the name of an option or setting, or the class that was asked for, and the answer. */
export type Listener = (part: 'options' | 'settings' | 'classes', name: string, value: unknown) => void

/** @param listener is told everything that is read, so that the result can be reused for every context that gives the same answers. */
export function createContext(options: StyleOptions, listener?: Listener): StyleContext {
  const settings = settingsOf(options)
  if (listener === undefined) return contextOf(options, settings)
  const plain = contextOf(options, settings)
  return contextOf(listened(options, 'options', listener), listened(settings, 'settings', listener), (className) => {
    const answer = plain.has(className)
    listener('classes', className, answer)
    return answer
  })
}

function contextOf(
  options: StyleOptions,
  settings: PortrayalSettings,
  has = (className: string) => options.classes === null || options.classes.has(className),
): StyleContext {
  const named = (style: string) => [options.font ?? `Noto Sans ${style}`]
  // Getters, so that the listener is told of each access.
  return {
    options,
    settings,
    has,
    get symbols() {
      return /paper/i.test(options.iconSet) ? 'paper' : /simplified/i.test(options.iconSet) ? 'simplified' : 'real'
    },
    get ownFont() {
      return options.font === null && options.glyphs === null
    },
    get heightUnits() {
      return options.depthUnits === 'meters' ? 'm' : 'ft'
    },
    get fonts() {
      return { regular: named('Regular'), italic: named('Italic'), bold: named('Bold') }
    },
  }
}

function listened<T extends object>(target: T, part: Parameters<Listener>[0], listener: Listener): T {
  return new Proxy(target, {
    get(of, name, receiver) {
      const value: unknown = Reflect.get(of, name, receiver)
      listener(part, String(name), value)
      return value
    },
  })
}

/** The same context with the usual depths: for layers that no depth changes, although rules that are left out of them name depths. */
export function withUsualDepths(context: StyleContext): StyleContext {
  const { safetyDepth, shallowDepth, deepDepth } = USUAL_SETTINGS
  const fixed = { safetyDepth: { value: safetyDepth }, shallowDepth: { value: shallowDepth }, deepDepth: { value: deepDepth } }
  // Not copied, because the listener must be told only what is really read.
  const settings: PortrayalSettings = Object.create(context.settings, fixed)
  return Object.create(context, { settings: { value: settings } }) as StyleContext
}

/** The font of some text, as a layout value. */
export const fontOf = (context: StyleContext, style: 'regular' | 'italic' | 'bold') => literal(context.fonts[style])
