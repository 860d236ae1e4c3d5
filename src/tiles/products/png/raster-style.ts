import { createHash } from 'node:crypto'
import type { StyleOptions } from '#portrayal/style/style-options.ts'
import { rulesDigest } from './rules-digest.ts'

/** A style to paint with. It is built by the thread that paints: building takes tens of milliseconds, naming it takes none. */
export interface RasterStyle {
  /** Of what decides the style: its options and the rules. */
  digest: string
  options: StyleOptions
}

const rules = rulesDigest()

/**
 * Takes the options of a style that matter to a picture, so that the same settings give every account and host the same tiles. It has the
 * layers of all classes.
 */
export function toRasterStyle(options: Omit<StyleOptions, 'base' | 'assets'>): RasterStyle {
  const own: StyleOptions = {
    ...options,
    ...{ base: '', assets: '', colouredSprites: null, token: null, attribution: '', classes: null },
    // Reports change from minute to minute; they have tiles of their own.
    showUserReports: false,
    // Imagery and foreign glyphs would have to be fetched; the painter has its own glyphs.
    ...{ showSatellite: false, maskLandAreas: false, satelliteTileUrl: null, glyphs: null, font: null },
  }
  const named = Object.entries(own).sort(([a], [b]) => (a < b ? -1 : 1))
  return { options: own, digest: createHash('sha256').update(rules).update(JSON.stringify(named)).digest('hex').slice(0, 32) }
}
