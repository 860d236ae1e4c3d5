import type { PackFormat, PackKind, PackRequest, PackTheme } from '../api/exports-api.ts'
import { counted } from './plural.ts'
import { bytes } from './sizes.ts'

// The words of the page of offline packs.

export const KINDS: Readonly<Record<PackKind, { name: string; hint: string }>> = {
  vector: {
    name: 'Vector',
    hint: 'Small, sharp at every zoom, and any theme or safety depth later. For MapLibre and OpenLayers.',
  },
  raster: { name: 'Raster', hint: 'Finished pictures in the chosen colours. Larger; for every program that shows tiles.' },
}

export const FORMATS: Readonly<Record<PackFormat, { name: string; hint: string }>> = {
  pmtiles: { name: 'PMTiles', hint: 'With a page that shows the chart in a browser, from a folder or any web server.' },
  mbtiles: { name: 'MBTiles', hint: 'For OpenCPN, QGIS and other programs that read MBTiles. Without a page.' },
}

export const THEMES: Readonly<Record<PackTheme, string>> = { day: 'Day', dusk: 'Dusk', night: 'Night' }

/** What the zip holds, one line each. */
export function packContents({ kind, format, theme }: Pick<PackRequest, 'kind' | 'format' | 'theme'>): string[] {
  return [
    `charts.${format}: the tiles, those without content left out`,
    kind === 'vector'
      ? 'MapLibre styles for day, dusk and night, with symbols and letters'
      : `A style that shows the tiles, painted for ${theme}`,
    ...(format === 'pmtiles' ? ['index.html: a page that shows the charts without a network'] : []),
    'README.txt: how to open it, and that it is not for navigation',
  ]
}

/** "zooms 6 to 13, vector, PMTiles, day". */
export function packSummary({
  minZoom,
  maxZoom,
  kind,
  format,
  theme,
}: Pick<PackRequest, 'minZoom' | 'maxZoom' | 'kind' | 'format' | 'theme'>): string {
  const zooms = minZoom === maxZoom ? `Zoom ${minZoom}` : `Zooms ${minZoom} to ${maxZoom}`
  return `${zooms}, ${KINDS[kind].name.toLowerCase()}, ${FORMATS[format].name}, ${THEMES[theme].toLowerCase()}`
}

/** How long the tiles will take, as the server estimates it. */
export function estimatedTime(seconds: number): string {
  if (seconds < 60) return `about ${Math.max(1, seconds)} s`
  if (seconds < 5_400) return `about ${Math.ceil(seconds / 60)} min`
  return `about ${counted(Math.ceil(seconds / 3_600), 'hour')}`
}

/** Why a pack cannot be made on a full disk. @param free of the disk, where the user may know. */
export function noRoom(packBytes: number, free: number | null): string {
  const needed = `Making this pack takes about ${bytes(packBytes * 2)} for a while, and the server's disk does not have enough left`
  return free === null ? `${needed}.` : `${needed}: ${bytes(free)} are free, and some of that is kept for the database.`
}

export const NO_ROOM = 'The disk of the server has no room for it'
export const FIRST_PACK =
  'A pack is a zip with the charts of a box, for use without a network. Choose a box above, and make the first.'
export const RESUMABLE = 'A download that breaks off can be resumed for 12 hours.'
