import { expr, get } from '#portrayal/text/expression.ts'
import { ABOVE, type LayerDraft } from './layer-draft.ts'
import { isShoal } from './sounding-layers.ts'
import { fontOf, type StyleContext } from './style-context.ts'

export const USER_REPORTS_SOURCE = 'userReports'
/** Tiles of reports are empty below. */
export const FIRST_REPORT_ZOOM = 11

/** Reports of users, as icons with their labels, and the lines between their soundings; none unless they are asked for. */
export function userReportLayers(context: StyleContext): LayerDraft[] {
  if (!context.options.showUserReports) return []
  const points = { source: USER_REPORTS_SOURCE, sourceLayer: 'user_reports', minzoom: FIRST_REPORT_ZOOM }
  return [
    {
      name: 'user_reported_bathymetry',
      order: ABOVE.lights,
      type: 'line',
      source: USER_REPORTS_SOURCE,
      sourceLayer: 'user_reported_bathymetry',
      minzoom: FIRST_REPORT_ZOOM,
      layout: { 'line-cap': 'round' },
      paint: { 'line-color': expr('case', isShoal('depth', context), '$DNGHL', '$CHMGD'), 'line-width': 1.5 },
    },
    {
      ...{ name: 'user_reports', order: ABOVE.importantText, type: 'symbol', ...points },
      layout: { 'icon-image': 'CHINFO07', 'icon-allow-overlap': true },
    },
    {
      ...{ name: 'user_reports', order: ABOVE.importantText, type: 'symbol', ...points },
      layout: {
        'text-field': get('label'),
        'text-font': fontOf(context, 'regular'),
        'text-size': 12,
        'text-anchor': 'top',
        'text-offset': [0, 1],
      },
      paint: { 'text-color': '$CHBLK', 'text-halo-color': '$DEPDW', 'text-halo-width': 1 },
    },
  ]
}
