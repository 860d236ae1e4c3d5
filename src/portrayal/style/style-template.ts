import type { LayerDraft } from './layer-draft.ts'
import { shareParts } from './share-parts.ts'
import { createContext, type StyleContext } from './style-context.ts'

/** Layers that several styles have in common, ready to be coloured. */
export interface StyleTemplates {
  /** The layers by this name; made again only for a context that differs in something that making them has read. */
  layers(context: StyleContext, name: string, make: (context: StyleContext) => readonly LayerDraft[]): readonly LayerDraft[]
}

/** How many forms of one name are remembered: those of a class differ by units, symbols and switches. */
const MOST = 8

interface Form {
  /** Everything that was read to make them, with the answers. */
  options: ReadonlyMap<string, unknown>
  settings: ReadonlyMap<string, unknown>
  classes: ReadonlyMap<string, unknown>
  layers: readonly LayerDraft[]
}

/** Remembers the most recently used forms. */
export function createStyleTemplates(): StyleTemplates {
  const known = new Map<string, Form[]>()
  return {
    layers(context, name, make) {
      const forms = known.get(name) ?? []
      known.set(name, forms)
      const at = forms.findIndex((form) => serves(form, context))
      const [form] = at === -1 ? [makeForm(context, make)] : forms.splice(at, 1)
      if (form === undefined) throw new Error(`the form ${at} of ${name} has gone`)
      forms.unshift(form)
      if (forms.length > MOST) forms.pop()
      return form.layers
    },
  }
}

function makeForm({ options }: StyleContext, make: (context: StyleContext) => readonly LayerDraft[]): Form {
  const read = { options: new Map<string, unknown>(), settings: new Map<string, unknown>(), classes: new Map<string, unknown>() }
  const context = createContext(options, (part, name, value) => read[part].set(name, value))
  return { ...read, layers: make(context).map(prepareDraft) }
}

function serves({ options, settings, classes }: Form, context: StyleContext): boolean {
  return (
    agrees(options, (name) => Reflect.get(context.options, name)) &&
    agrees(settings, (name) => Reflect.get(context.settings, name)) &&
    agrees(classes, (name) => context.has(name))
  )
}

function agrees(answers: ReadonlyMap<string, unknown>, now: (name: string) => unknown): boolean {
  for (const [name, value] of answers) if (now(name) !== value) return false
  return true
}

/** A draft with the repeated parts of its expressions named; colours are still tokens. */
function prepareDraft(draft: LayerDraft): LayerDraft {
  const { filter, layout, paint } = draft
  return {
    ...draft,
    ...(filter !== undefined && filter !== null && { filter: shareParts(filter) as typeof filter }),
    ...(layout !== undefined && { layout: shared(layout) }),
    ...(paint !== undefined && { paint: shared(paint) }),
  }
}

const shared = (properties: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(properties).map(([key, value]) => [key, shareParts(value)]))
