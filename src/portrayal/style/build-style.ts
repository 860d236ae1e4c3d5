import type { StyleSpecification } from '@maplibre/maplibre-gl-style-spec'
import { type Pen, palettePen, slotPen } from '#portrayal/palette/pen.ts'
import { portrayedClasses } from '#portrayal/table/portrayal-of.ts'
import { areaLayers, dangerAreaLayers } from './area-layers.ts'
import { cellLayers } from './cell-layers.ts'
import { contourLayers } from './contour-layers.ts'
import { fillLayers } from './fill-layers.ts'
import { finishLayers } from './finish-layers.ts'
import { instructedFills } from './instructed-fills.ts'
import type { LayerDraft } from './layer-draft.ts'
import { lightLayers } from './light-layers.ts'
import { lineLayers } from './line-layers.ts'
import { MARITIME, maritimeFills } from './maritime-boundaries.ts'
import { pointLayers } from './point-layers.ts'
import { soundingLayers } from './sounding-layers.ts'
import { sourcesOf } from './sources.ts'
import { createContext, type StyleContext } from './style-context.ts'
import type { StyleOptions } from './style-options.ts'
import { createStyleTemplates, prepareDraft, type StyleTemplates, templateKey } from './style-template.ts'
import { areaTextLayers, textLayers } from './text-layers.ts'
import { userReportLayers } from './user-report-layers.ts'

/** Quality of data and the limits of what describes the charts: drawn only when the caller names the layer. */
const ABOUT_DATA = new Set(['M_ACCY', 'M_COVR', 'M_CSCL', 'M_HOPA', 'M_NPUB', 'M_SDAT', 'M_SREL', 'M_VDAT'])

/** Classes whose layers change with the safety depth. */
const BY_DEPTH = new Set(['DEPARE', 'DRGARE', 'OBSTRN', 'UWTROC', 'WRECKS'])

/**
 * A MapLibre style of the chart tiles: the layers in paint order, one for each class, primitive and dash, as far as the options need
 * them. Each layer names its colour tokens in `metadata['chartroom:tokens']`.
 */
export function buildStyle(
  options: StyleOptions,
  templates: StyleTemplates = common,
  pen: Pen = palettePen(options.theme, options.colors),
): StyleSpecification {
  const context = createContext(options)
  return {
    version: 8,
    name: `Chartroom ${options.theme}`,
    metadata: { 'chartroom:theme': options.theme, 'chartroom:depthLimit': options.depthLimit },
    sources: sourcesOf(options),
    sprite: `${options.assets}/sprites/${options.theme}`,
    glyphs: options.glyphs ?? `${options.assets}/glyphs/{fontstack}/{range}.pbf`,
    layers: finishLayers([...draftLayers(context, templates), ...userReportLayers(context)], pen, options),
  }
}

/** Shared by all styles of the process: another theme or safety depth needs only a part of the layers to be made again. */
const common = createStyleTemplates()

/** The same with slots in place of colours, as `slotPen` writes them; MapLibre reads it only after an editor has filled them in. */
export function buildSlotStyle(options: StyleOptions): StyleSpecification {
  return buildStyle(options, common, slotPen(options.theme))
}

function draftLayers(context: StyleContext, templates: StyleTemplates): LayerDraft[] {
  const boundaries = context.options.showMaritimeBoundaries !== false
  const classes = portrayedClasses().filter(
    (name) => context.has(name) && !ABOUT_DATA.has(name) && (boundaries || !MARITIME.has(name)),
  )
  const key = templateKey(context.options)
  const fixed = (name: string, make: () => readonly LayerDraft[]) => templates.layers(key, name, make)
  const own = (make: () => readonly LayerDraft[]) => make().map(prepareDraft)
  return [
    ...fixed('cells', () => cellLayers(context)),
    ...classes.flatMap((name) => {
      const make = () => classLayers(name, context)
      return BY_DEPTH.has(name) ? own(make) : fixed(name, make)
    }),
    ...fixed('areas', () => areaLayers(classes, context)),
    ...own(() => dangerAreaLayers(classes, context)),
    ...fixed('area texts', () => areaTextLayers(classes, context)),
    ...fixed('maritime', () => maritimeFills(context)),
    ...own(() => [...contourLayers(context), ...soundingLayers(context)]),
    ...fixed('lights', () => lightLayers(context)),
  ]
}

const classLayers = (name: string, context: StyleContext): LayerDraft[] => [
  ...fillLayers(name, context),
  ...instructedFills(name, context),
  ...lineLayers(name, context),
  ...pointLayers(name, context),
  ...textLayers(name, context),
]
