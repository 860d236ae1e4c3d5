import { type Static, Type } from '@fastify/type-provider-typebox'
import { type FieldError, invalidFields } from '#lib/errors.ts'
import * as checks from '#styles/setting-checks.ts'
import type { StyleSettings } from '#styles/style-settings.ts'
import { TokenQuery } from '../base/schemas.ts'

const choice = <const T extends string>(values: readonly T[], description: string) =>
  Type.Optional(Type.Unsafe<T>({ type: 'string', enum: values, description }))
const flag = (description: string) => Type.Optional(Type.Boolean({ description }))
const text = (description: string) => Type.Optional(Type.String({ description }))

/** The parameters of a style document. Each is optional, and wins over the setting of the same name of a custom style. */
export const StyleQuery = Type.Object({
  styleId: Type.Optional(
    Type.Integer({
      minimum: 1,
      maximum: Number.MAX_SAFE_INTEGER,
      description: 'A custom style of the account; the default style when there is none of this id',
    }),
  ),
  styleName: Type.Optional(
    Type.String({
      maxLength: 200,
      description: 'A custom style by its name, the newest of several; has no effect with styleId',
    }),
  ),
  theme: choice(['day', 'dusk', 'night'], 'Default day'),
  depthLimit: text('Safety contour in metres, 0 to 1000; default 3'),
  shallowDepth: text('Shallow contour in metres, at most the safety contour; default 2'),
  deepDepth: text('Deep contour in metres, at least the safety contour; default 30'),
  depthUnits: choice(['meters', 'feet', 'fathoms'], 'Units of soundings; default meters'),
  roundOffSoundings: flag('Whole numbers in the unit, rounded down; default false'),
  twoShades: flag('Two shades of water, safe and not safe, instead of four; default false'),
  shallowPattern: flag('A pattern on all water that is not safe; default false'),
  isolatedShallow: flag('Isolated dangers in water that is not safe itself, too; default false'),
  showLowAccuracy: flag('Marks on points and areas of low accuracy; default false'),
  showLightSectors: flag('Light sector arcs; default true'),
  showFullSectorLegs: flag('Legs of light sectors as long as the range of the light; default false'),
  showEncBoundaries: flag('Outlines of cells; default false'),
  showMaritimeBoundaries: choice(
    ['false', 'lines', 'full'],
    'Maritime boundaries: none, lines with labels, also fills; default false',
  ),
  showPlaceNames: flag('Names of landmarks and built-up areas; default true'),
  showOverscale: flag('Pattern where a chart is shown beyond its scale; default true'),
  showNoData: flag('Pattern where there is no chart; default true'),
  showUserReports: flag('Reports of users and lines of their soundings; default false'),
  showSatellite: flag('Imagery of satelliteTileUrl beneath the chart; default false'),
  maskLandAreas: flag('With showSatellite: no flat fill of land, so that imagery shows; default false'),
  satelliteTileUrl: text('Raster tiles: a URL with {z}, {x} and {y}'),
  hideLayers: text('Ids of style layers to hide, separated by commas'),
  showLayers: text('Ids of style layers to show, separated by commas; hides all others'),
  glyphs: text('Other glyphs: a URL with {fontstack} and {range}'),
  font: text('Other font for soundings and labels'),
  ...TokenQuery.properties,
})
export type StyleQuery = Static<typeof StyleQuery>

/**
 * The settings that a query names, checked beyond its schema.
 *
 * @throws AppError VALIDATION_FAILED (400) that names each wrong parameter and what it takes.
 */
export function parseStyleQuery(query: StyleQuery): Partial<StyleSettings> {
  const { styleId: _id, styleName: _name, token: _token, ...given } = query
  const { depthLimit, shallowDepth, deepDepth, showMaritimeBoundaries, hideLayers, showLayers, ...plain } = given
  const { satelliteTileUrl, glyphs, font, ...switches } = plain
  const wrong: FieldError[] = []
  function read<T>(field: string, value: string | undefined, parse: (value: string) => T | null, accepts: string): T | undefined {
    if (value === undefined) return undefined
    const parsed = parse(value)
    if (parsed === null) wrong.push({ field, message: accepts })
    return parsed ?? undefined
  }
  const when = (holds: boolean, value: string) => (holds ? value : null)
  const settings = {
    ...switches,
    depthLimit: read('depthLimit', depthLimit, checks.parseDepth, checks.DEPTH_ACCEPTS),
    shallowDepth: read('shallowDepth', shallowDepth, checks.parseDepth, checks.DEPTH_ACCEPTS),
    deepDepth: read('deepDepth', deepDepth, checks.parseDepth, checks.DEPTH_ACCEPTS),
    showMaritimeBoundaries: showMaritimeBoundaries === 'false' ? (false as const) : showMaritimeBoundaries,
    hideLayers: read('hideLayers', hideLayers, checks.parseLayers, checks.LAYERS_ACCEPTS),
    showLayers: read('showLayers', showLayers, checks.parseLayers, checks.LAYERS_ACCEPTS),
    satelliteTileUrl: read(
      'satelliteTileUrl',
      satelliteTileUrl,
      (url) => when(checks.isTemplate(url, ['z', 'x', 'y']), url),
      checks.IMAGERY_ACCEPTS,
    ),
    glyphs: read('glyphs', glyphs, (url) => when(checks.isGlyphs(url), url), checks.GLYPHS_ACCEPTS),
    font: read('font', font, (name) => when(checks.isFont(name), name), checks.FONT_ACCEPTS),
  }
  const [first, ...others] = wrong
  if (first !== undefined) throw invalidFields('query', [first, ...others])
  return Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined)) as Partial<StyleSettings>
}
