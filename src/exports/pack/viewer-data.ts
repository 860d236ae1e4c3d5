import { readFile } from 'node:fs/promises'
import type { StyleSpecification } from '@maplibre/maplibre-gl-style-spec'
import type { PackMetadata } from '../archive/work-file-messages.ts'
import { boundsOf, centreOf } from '../pack-box.ts'
import { type OwnPictures, styleAssets, viewerModules } from './pack-assets.ts'

/**
 * The script `viewer/data.js`: everything that the page of a pack needs besides its tiles. A page that is opened from a folder may
 * load scripts but fetch nothing, so files travel in it as text and base64.
 */
export async function viewerData(
  metadata: PackMetadata,
  archive: string,
  styles: Readonly<Record<string, StyleSpecification>>,
  theme: string,
  sprites: OwnPictures,
): Promise<string> {
  const modules: Record<string, string> = {}
  for (const { name, file } of viewerModules()) modules[name] = await readFile(file, 'utf8')
  const files: Record<string, string> = {}
  for (const { name, file } of await styleAssets()) files[name] = (sprites.get(name) ?? (await readFile(file))).toString('base64')
  const { name, description, minZoom, maxZoom, kind } = metadata
  const about = { name, description, minZoom, maxZoom, kind, archive, theme }
  const places = { bounds: boundsOf(metadata.box), centre: centreOf(metadata.box), box: metadata.box }
  return `globalThis.CHART_PACK = ${JSON.stringify({ ...about, ...places, styles, modules, files })}\n`
}
