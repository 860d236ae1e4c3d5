import type { LayerSpecification } from '@maplibre/maplibre-gl-style-spec'
import type { Value } from '#portrayal/text/expression.ts'

/** Within a priority, fills come first and symbols last. */
export type Stage = 'fill' | 'pattern' | 'line' | 'symbol'

const STAGES: readonly Stage[] = ['fill', 'pattern', 'line', 'symbol']

/** Place of a layer in the paint order; higher is painted later. */
export const paintOrder = (priority: number, stage: Stage): number => priority * STAGES.length + STAGES.indexOf(stage)

/** Places above every priority. MapLibre places the text of upper layers first, so important text is last. */
export const ABOVE = { lights: 50, text: 100, places: 110, lightText: 120, aidText: 130, importantText: 140 } as const

/** Properties of a layer as MapLibre reads them; a colour is written as `$TOKEN` until the palette is known. */
export interface LayerDraft {
  /** Object class, in upper case, that names the layer; or the whole id in lower case. */
  name: string
  order: number
  type: LayerSpecification['type']
  /** Null for layers without a source, such as the background. */
  source: string | null
  sourceLayer?: string
  filter?: Value | null
  minzoom?: number
  layout?: Readonly<Record<string, unknown>>
  paint?: Readonly<Record<string, unknown>>
  /** Absent until the caller names it in `showLayers`. */
  hidden?: boolean
}

/** Name of the tile layer of an object class. */
export const layerOf = (className: string): string => `s57_${className.toLowerCase()}`
