import type { PackMetadata } from '../archive/work-file-messages.ts'
import type { PackSpec } from '../pack-spec.ts'

/** The read-me of a pack, as plain text. */
export function readmeOf({ format, kind, minZoom, maxZoom, box, theme }: PackSpec, { name, attribution }: PackMetadata): string {
  const archive = `charts.${format}`
  const opening =
    format === 'pmtiles'
      ? [
          `Open index.html in a browser. From a folder, it asks once for the file ${archive} beside it; served by any web`,
          'server that answers range requests, it opens by itself. It needs no network.',
        ]
      : [`Open ${archive} with a program that reads MBTiles, such as OpenCPN, QGIS or a tile server.`]
  const styles =
    kind === 'vector'
      ? 'style-day.json, style-dusk.json and style-night.json are MapLibre styles; sprites/ and glyphs/ belong to them.'
      : `The tiles are painted for ${theme}; style-${theme}.json shows them.`
  return [
    name,
    '',
    'NOT FOR NAVIGATION. The charts are as they were when this pack was made.',
    '',
    ...opening,
    '',
    `${archive}: ${kind} tiles, zooms ${minZoom} to ${maxZoom}`,
    `West ${box[0]}, south ${box[1]}, east ${box[2]}, north ${box[3]} (degrees)`,
    styles,
    '',
    attribution.replaceAll(/<[^>]*>/g, ''),
    '',
  ].join('\r\n')
}
