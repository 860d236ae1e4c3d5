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
import { colouredSpriteOf, sourcesOf, spriteOf } from './sources.ts'
import { createContext, type StyleContext, withUsualDepths } from './style-context.ts'
import type { StyleOptions } from './style-options.ts'
import { createStyleTemplates, type StyleTemplates } from './style-template.ts'
import { areaTextLayers, textLayers } from './text-layers.ts'
import { userReportLayers } from './user-report-layers.ts'

/** Quality of data and the limits of what describes the charts: drawn only when the caller names the layer. */
const ABOUT_DATA = new Set(['M_ACCY', 'M_COVR', 'M_CSCL', 'M_HOPA', 'M_NPUB', 'M_SDAT', 'M_SREL', 'M_VDAT'])

/**
 * The layer of the quality of data starts hidden, but its borders, thick dashes across safe water, would remain in a layer of all classes.
 */
const WITHOUT_BORDER = new Set(['M_QUAL'])

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
    sprite: spriteOf(options),
    glyphs: options.glyphs ?? `${options.assets}/glyphs/{fontstack}/{range}.pbf`,
    layers: finishLayers(draftLayers(context, templates), pen, options),
  }
}

/** Shared by all styles of the thread: when options differ, only the layers that read them are made again. */
const common = createStyleTemplates()

/**
 * The same with slots in place of colours, as `slotPen` writes them; MapLibre reads it only after an editor has filled them in.
 * `metadata['chartroom:colouredSprite']` is the address of the sprite in other colours, which take the place of `{colours}`.
 */
export function buildSlotStyle(options: StyleOptions): StyleSpecification {
  const style = buildStyle(options, common, slotPen(options.theme))
  const colouredSprite = colouredSpriteOf(options, '{colours}')
  return {
    ...style,
    metadata: { ...(style.metadata as object), ...(colouredSprite !== null && { 'chartroom:colouredSprite': colouredSprite }) },
  }
}

function draftLayers(context: StyleContext, templates: StyleTemplates): LayerDraft[] {
  const made = (name: string, make: (context: StyleContext) => readonly LayerDraft[]) => templates.layers(context, name, make)
  return [
    ...made('cells', cellLayers),
    ...classesOf(context).flatMap((name) => made(name, (each) => classLayers(name, each))),
    ...made('areas', (each) => areaLayers(borderedClassesOf(each), withUsualDepths(each))),
    ...made('danger areas', (each) => dangerAreaLayers(classesOf(each), each)),
    ...made('area texts', (each) => areaTextLayers(classesOf(each), withUsualDepths(each))),
    ...made('maritime', maritimeFills),
    ...made('contours', contourLayers),
    ...made('soundings', soundingLayers),
    ...made('lights', lightLayers),
    ...made('reports', userReportLayers),
  ]
}

/** The classes that are drawn. */
function classesOf({ options, has }: StyleContext): string[] {
  const boundaries = options.showMaritimeBoundaries !== false
  return portrayedClasses().filter((name) => has(name) && !ABOUT_DATA.has(name) && (boundaries || !MARITIME.has(name)))
}

const borderedClassesOf = (context: StyleContext): string[] => classesOf(context).filter((name) => !WITHOUT_BORDER.has(name))

const classLayers = (name: string, context: StyleContext): LayerDraft[] => [
  ...fillLayers(name, context),
  ...instructedFills(name, context),
  ...lineLayers(name, context),
  ...pointLayers(name, context),
  ...textLayers(name, context),
]
