import type { LayerDraft } from './layer-draft.ts'
import { shareParts } from './share-parts.ts'
import type { StyleOptions } from './style-options.ts'

/** Layers that several styles have in common, ready to be coloured. */
export interface StyleTemplates {
  /** The layers by this name for styles that differ in nothing that `templateKey` names; made once. */
  layers(key: string, name: string, make: () => readonly LayerDraft[]): readonly LayerDraft[]
}

/** Templates remembered at once; each has some hundred kilobytes. */
const MOST = 16

/** Remembers the templates last used. */
export function createStyleTemplates(): StyleTemplates {
  const known = new Map<string, Map<string, readonly LayerDraft[]>>()
  return {
    layers(key, name, make) {
      const template = known.get(key) ?? new Map<string, readonly LayerDraft[]>()
      // The last used is the last in the map.
      known.delete(key)
      known.set(key, template)
      const [oldest] = known.keys()
      if (known.size > MOST && oldest !== undefined) known.delete(oldest)
      const done = template.get(name) ?? make().map(prepareDraft)
      template.set(name, done)
      return done
    },
  }
}

/** Names all that the layers of a class depend on, but for safety depth, colours and addresses. */
export function templateKey(options: StyleOptions): string {
  const { classes, iconSet, depthUnits, roundOffSoundings, showLightSectors, showEncBoundaries, showMaritimeBoundaries } = options
  const { showPlaceNames, showOverscale, showNoData, showSatellite, maskLandAreas, satelliteTileUrl, glyphs, font } = options
  return JSON.stringify([
    classes === null ? null : [...classes].sort(),
    [iconSet, depthUnits, roundOffSoundings, showLightSectors, showEncBoundaries, showMaritimeBoundaries],
    options.areaBoundaries,
    [showPlaceNames, showOverscale, showNoData, showSatellite, maskLandAreas, satelliteTileUrl !== null, glyphs !== null, font],
  ])
}

/** A draft with the repeated parts of its expressions named; colours are still tokens. */
export function prepareDraft(draft: LayerDraft): LayerDraft {
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
