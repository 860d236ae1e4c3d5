import type { FilterSpecification, Map as MapLibreMap } from 'maplibre-gl'
import type { StyleDocument } from './chart-document.ts'
import { hiddenLayers } from './layer-groups.ts'
import type { Display } from './map-view.ts'
import type { StyleChange } from './style-changes.ts'

/** Changes layers without `setStyle`, which spends most of its time validating each change of a valid style again. */
export function applyChanges(map: MapLibreMap, changes: readonly StyleChange[]): void {
  const unchecked = { validate: false }
  for (const change of changes) {
    const { kind, layer, value } = change
    if (kind === 'filter') map.setFilter(layer, value as FilterSpecification | undefined, unchecked)
    else if (kind === 'paint') map.setPaintProperty(layer, change.property as never, value as never, unchecked)
    else map.setLayoutProperty(layer, change.property as never, value as never, unchecked)
  }
}

/** Sets the visibility of what the groups hide, and of nothing else. */
export function showGroups(map: MapLibreMap, served: StyleDocument, { hidden }: Display): void {
  const off = new Set(hiddenLayers(served.layers, hidden))
  for (const { id, layout } of served.layers) {
    const visibility = off.has(id) ? 'none' : layout?.['visibility'] === 'none' ? 'none' : 'visible'
    if ((map.getLayoutProperty(id, 'visibility') ?? 'visible') !== visibility)
      map.setLayoutProperty(id, 'visibility', visibility, { validate: false })
  }
}
