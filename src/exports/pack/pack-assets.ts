import { readdir } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

/** The folder `assets` of the project. */
const ASSETS = path.resolve(import.meta.dirname, '..', '..', '..', 'assets')

/** A file of a pack and where it comes from. */
export interface PackAsset {
  /** Path within the pack, with slashes. */
  name: string
  file: string
}

/** Pictures in place of those of `assets`, by their path within the pack. */
export type OwnPictures = ReadonlyMap<string, Buffer>

/** Sprites and glyphs, as styles name them. */
export async function styleAssets(): Promise<PackAsset[]> {
  const found: PackAsset[] = []
  for (const folder of ['sprites', 'glyphs']) {
    const entries = await readdir(path.join(ASSETS, folder), { recursive: true, withFileTypes: true })
    for (const entry of entries.filter((each) => each.isFile())) {
      const file = path.join(entry.parentPath, entry.name)
      found.push({ name: path.relative(ASSETS, file).split(path.sep).join('/'), file })
    }
  }
  return found.sort((a, b) => (a.name < b.name ? -1 : 1))
}

/** The page of a pack, and the scripts that it loads from beside it. */
export function viewerAssets(): PackAsset[] {
  return [
    { name: 'index.html', file: path.join(ASSETS, 'pack', 'index.html') },
    { name: 'viewer/viewer.js', file: path.join(ASSETS, 'pack', 'viewer.js') },
    { name: 'viewer/viewer.css', file: path.join(ASSETS, 'pack', 'viewer.css') },
    { name: 'viewer/pmtiles.js', file: fileURLToPath(new URL('../pmtiles.js', import.meta.resolve('pmtiles'))) },
    { name: 'viewer/maplibre-gl.css', file: fileURLToPath(import.meta.resolve('maplibre-gl/dist/maplibre-gl.css')) },
  ]
}

/** The modules of MapLibre GL JS. Browsers load no modules from a folder, so the page gets them as texts. */
export function viewerModules(): PackAsset[] {
  return ['maplibre-gl.mjs', 'maplibre-gl-worker.mjs', 'maplibre-gl-shared.mjs'].map((name) => ({
    name,
    file: fileURLToPath(new URL(`./${name}`, import.meta.resolve('maplibre-gl/dist/maplibre-gl.css'))),
  }))
}
