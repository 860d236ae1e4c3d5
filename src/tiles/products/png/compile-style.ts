import {
  type Feature,
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

type Evaluator = (zoom: number, feature: Feature) => unknown

/**
 * Compiles the visible layers of a style. Layers of imagery are left out.
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
    for (const name of names)
      evaluators.set(
        name,
        evaluatorOf(`${layer.id}.${name}`, given.get(name), specificationOf(`${group}_${layer.type}`, name), images),
      )
  }
  const filter = 'filter' in layer ? featureFilter(layer.filter, `${layer.id}.filter`).filter : null
  return {
    id: layer.id,
    type: layer.type as CompiledLayer['type'],
    sourceLayer: 'source-layer' in layer ? (layer['source-layer'] ?? null) : null,
    minzoom: layer.minzoom ?? Number.NEGATIVE_INFINITY,
    has: (property) => given.has(property),
    accepts: (zoom, feature) => filter === null || filter({ zoom }, feature),
    value: (property, zoom, feature) => evaluators.get(property)?.(zoom, feature),
  }
}

function specificationOf(group: string, name: string): StylePropertySpecification {
  const groups: Readonly<Record<string, unknown>> = latest
  const table = groups[group] as Record<string, StylePropertySpecification> | undefined
  const found = table?.[name]
  if (found === undefined) throw new Error(`the style specification has no ${name} in ${group}`)
  return found
}

function evaluatorOf(place: string, given: unknown, specification: StylePropertySpecification, images: string[]): Evaluator {
  const value = given === undefined ? specification.default : given
  if (value === undefined || value === null) return () => undefined
  const expression = normalizePropertyExpression(value as never, place, specification)
  if (expression.kind === 'constant') {
    const constant: unknown = expression.evaluate({ zoom: 0 })
    return () => constant
  }
  return (zoom, feature) => expression.evaluate({ zoom }, feature, {}, undefined, images)
}
