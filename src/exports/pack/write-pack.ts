import type { Readable } from 'node:stream'
import yazl from 'yazl'
import type { StyleParameters } from '#styles/style-parameters.ts'
import type { PackMetadata } from '../archive/work-file-messages.ts'
import type { PackSpec } from '../pack-spec.ts'
import { packStyles } from '../pack-styles.ts'
import { type OwnPictures, styleAssets, viewerAssets } from './pack-assets.ts'
import { readmeOf } from './readme.ts'
import { viewerData } from './viewer-data.ts'

export interface PackContent {
  spec: PackSpec
  metadata: PackMetadata
  custom: StyleParameters | null
  /** Object classes in the charts of the account. */
  classes: ReadonlySet<string>
  /** Sprites in the colours of the style, where they are not those of the theme (`packSprites`). */
  sprites: OwnPictures
  /** The finished archive of tiles. */
  archive: string
}

/** The zip of a pack as a stream: tiles, styles, sprites, glyphs, a read-me and, for PMTiles, the page that shows them. */
export async function packZip({ spec, metadata, custom, classes, sprites, archive }: PackContent): Promise<Readable> {
  const zip = new yazl.ZipFile()
  const { attribution } = metadata
  const name = `charts.${spec.format}`
  const text = (file: string, content: string) => zip.addBuffer(Buffer.from(content), file)
  text('README.txt', readmeOf(spec, metadata))
  // Tiles are compressed already.
  zip.addFile(archive, name, { compress: false })
  const url = spec.format === 'pmtiles' ? `pmtiles://${name}` : 'mbtiles://charts'
  const styles = packStyles(spec, custom, classes, { source: { url }, assets: '.', attribution })
  for (const [theme, style] of Object.entries(styles)) text(`style-${theme}.json`, JSON.stringify(style))
  for (const { name: asset, file } of await styleAssets()) {
    const own = sprites.get(asset)
    if (own === undefined) zip.addFile(file, asset)
    else zip.addBuffer(own, asset, { compress: false })
  }
  if (spec.format === 'pmtiles') {
    const own = packStyles(spec, custom, classes, {
      source: { tiles: ['pack://tiles/{z}/{x}/{y}'] },
      assets: 'pack://files',
      attribution,
    })
    for (const { name: asset, file } of viewerAssets()) zip.addFile(file, asset)
    text('viewer/data.js', await viewerData(metadata, name, own as never, spec.theme, sprites))
  }
  zip.end()
  const stream = zip.outputStream as Readable
  // A file that cannot be read must fail the stream too.
  zip.on('error', (error: Error) => stream.destroy(error))
  return stream
}
