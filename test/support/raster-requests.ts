import { tileAt } from '#geo/tile-grid.ts'

/** Anything that is not one of the values accepted. */
const WRONG = ['', '!', '-1', '1e999', 'NaN', 'dawn', '%00', 'a,b c', '9999999999', 'true,false']

/**
 * Makes random addresses of raster tiles with random parameters, most of them valid, on and beside the invented coast and beyond the
 * pyramid.
 * @param random 0 to 1, seeded.
 */
export function rasterRequests(random: () => number): () => string {
  const pick = <T>(values: readonly T[]): T => values[Math.floor(random() * values.length)]!
  const sometimes = (share: number, value: () => string) => (random() < share ? value() : undefined)
  const wrong = 0.01
  const flag = () => sometimes(0.3, () => pick(['true', 'false']))
  const depth = (most: number) => () => String(Math.round(random() * most * 10) / 10)
  const parameters: Record<string, () => string | undefined> = {
    theme: () => sometimes(0.7, () => pick(['day', 'dusk', 'night'])),
    depthLimit: () => sometimes(0.7, depth(40)),
    shallowDepth: () => sometimes(0.05, depth(3)),
    deepDepth: () => sometimes(0.05, depth(100)),
    depthUnits: () => sometimes(0.7, () => pick(['meters', 'feet', 'fathoms'])),
    roundOffSoundings: flag,
    twoShades: flag,
    shallowPattern: flag,
    isolatedShallow: flag,
    showLowAccuracy: flag,
    showLightSectors: flag,
    showFullSectorLegs: flag,
    showEncBoundaries: flag,
    showMaritimeBoundaries: () => sometimes(0.2, () => pick(['false', 'lines', 'full'])),
    showPlaceNames: flag,
    showOverscale: flag,
    showNoData: flag,
    hideLayers: () => sometimes(0.1, () => pick(['s57_depare', 's57_soundg,s57_lights', 'nothing'])),
    showLayers: () => sometimes(0.1, () => pick(['s57_depare', 's57_soundg,s57_lights', 'nothing'])),
    styleId: () => sometimes(0.1, () => pick(['1', '999999'])),
    styleName: () => sometimes(0.1, () => pick(['Bridge', 'no such style'])),
  }
  return () => {
    const query = new URLSearchParams()
    for (const [name, value] of Object.entries(parameters)) {
      const given = random() < wrong ? pick(WRONG) : value()
      if (given !== undefined) query.set(name, given)
    }
    const z = random() < 0.03 ? 23 : Math.floor(random() * 23)
    const { x, y } = tileAt(-35 + 0.08 * random(), 42.92 + 0.05 * random(), z)
    const row = random() < 0.02 ? 2 ** z : y
    return `/api/v2/tiles/${pick(['enc-raster-v2', 'raster-v1'])}/${z}/${x}/${row}${random() < 0.1 ? '@2x' : ''}.png?${query}`
  }
}
