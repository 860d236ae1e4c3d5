import {
  type Feature,
  type FilterSpecification,
  featureFilter,
  type LayerSpecification,
  latest,
  normalizePropertyExpression,
  type StylePropertySpecification,
} from '@maplibre/maplibre-gl-style-spec'
import { beyondSubset, DECLARED_SUBSET } from './declared-subset.ts'

/** A layer whose expressions are compiled. */
export interface CompiledLayer {
  id: string
  type: 'background' | 'fill' | 'line' | 'symbol'
  /** Null for the background. */
  sourceLayer: string | null
  /** First zoom of the style at which it is drawn. */
  minzoom: number
  /** Whether the style gives a value. */
  has(property: string): boolean
  accepts(zoom: number, feature: Feature): boolean
  /** Value of a property: as given, or the specification's default. */
  value(property: string, zoom: number, feature: Feature): unknown
}

/** @param images names in the sprite, for `image` expressions. */
type Evaluator = (zoom: number, feature: Feature, images: string[]) => unknown

/**
 * Compiles the visible layers of a style. Layers of imagery are left out. Styles built one after the other share most of their values, and
 * a value is compiled once.
 *
 * @param images names in the sprite, for `image` expressions.
 * @throws Error when the style uses something beyond the declared subset.
 */
export function compileStyle(layers: readonly LayerSpecification[], images: string[]): CompiledLayer[] {
  const drawn = layers.filter(({ type, layout }) => type !== 'raster' && layout?.visibility !== 'none')
  const beyond = beyondSubset(drawn)
  if (beyond.length > 0) throw new Error(`the painter cannot draw ${beyond.join(', ')}`)
  return drawn.map((layer) => compileLayer(layer, images))
}

function compileLayer(layer: LayerSpecification, images: string[]): CompiledLayer {
  const given = new Map(Object.entries({ ...layer.layout, ...layer.paint }))
  const known = DECLARED_SUBSET[layer.type] ?? { layout: [], paint: [] }
  const evaluators = new Map<string, Evaluator>()
  for (const [group, names] of Object.entries(known)) {
    for (const name of names) {
      evaluators.set(name, evaluatorOf(given.get(name), specificationOf(`${group}_${layer.type}`, name)))
    }
  }
  const accepts = 'filter' in layer && layer.filter !== undefined ? filterOf(layer.filter) : () => true
  return {
    id: layer.id,
    type: layer.type as CompiledLayer['type'],
    sourceLayer: 'source-layer' in layer ? (layer['source-layer'] ?? null) : null,
    minzoom: layer.minzoom ?? Number.NEGATIVE_INFINITY,
    has: (property) => given.has(property),
    accepts,
    value: (property, zoom, feature) => evaluators.get(property)?.(zoom, feature, images),
  }
}

const filters = new WeakMap<object, CompiledLayer['accepts']>()

function filterOf(given: NonNullable<FilterSpecification>): CompiledLayer['accepts'] {
  const done = typeof given === 'object' ? filters.get(given) : undefined
  if (done !== undefined) return done
  const { filter } = featureFilter(given, 'filter')
  const accepts: CompiledLayer['accepts'] = (zoom, feature) => filter({ zoom }, feature)
  if (typeof given === 'object') filters.set(given, accepts)
  return accepts
}

function specificationOf(group: string, name: string): StylePropertySpecification {
  const groups: Readonly<Record<string, unknown>> = latest
  const table = groups[group] as Record<string, StylePropertySpecification> | undefined
  const found = table?.[name]
  if (found === undefined) throw new Error(`the style specification has no ${name} in ${group}`)
  return found
}

/** Compiled expressions, for each property that they are the value of. */
const compiled = new WeakMap<object, Map<StylePropertySpecification, Evaluator>>()
/** Compiled defaults. */
const defaults = new Map<StylePropertySpecification, Evaluator>()

function evaluatorOf(given: unknown, specification: StylePropertySpecification): Evaluator {
  if (given === undefined) return remembered(defaults, specification, () => compile(specification.default, specification))
  if (typeof given !== 'object' || given === null) return compile(given, specification)
  const known = compiled.get(given) ?? new Map<StylePropertySpecification, Evaluator>()
  compiled.set(given, known)
  return remembered(known, specification, () => compile(given, specification))
}

function remembered<K, V>(known: Map<K, V>, key: K, make: () => V): V {
  const value = known.get(key) ?? make()
  known.set(key, value)
  return value
}

function compile(value: unknown, specification: StylePropertySpecification): Evaluator {
  if (value === undefined || value === null) return () => undefined
  const expression = normalizePropertyExpression(value as never, 'value', specification)
  if (expression.kind === 'constant') {
    const constant: unknown = expression.evaluate({ zoom: 0 })
    return () => constant
  }
  return (zoom, feature, images) => expression.evaluate({ zoom }, feature, {}, undefined, images)
}
