import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { ASSETS_FOLDER } from '../static/chart-assets.ts'
import { type FileIndex, type IndexedFile, indexFile, versionOf } from '../static/file-index.ts'

const MAPLIBRE = ['maplibre-gl.mjs', 'maplibre-gl-shared.mjs', 'maplibre-gl-worker.mjs', 'maplibre-gl.css']

const DOCS = ['api-docs.js', 'api-docs.css']
const SWAGGER_UI = ['swagger-ui-bundle.js', 'swagger-ui.css']

export interface PageFiles extends FileIndex {
  /** `maplibre-` and its version: the folder that the portal names, because its build cannot know the digest of all files. */
  mapLibre: string
}

/** Files of the API reference and of MapLibre GL JS and Swagger UI, as their packages have them; read on the first call. */
export function createPageFiles(): () => Promise<PageFiles> {
  let reading: Promise<PageFiles> | null = null
  return () => {
    reading ??= readFiles().catch((error: unknown) => {
      reading = null
      throw error
    })
    return reading
  }
}

async function readFiles(): Promise<PageFiles> {
  const maplibre = path.dirname(fileURLToPath(import.meta.resolve('maplibre-gl/dist/maplibre-gl.css')))
  const swaggerUi = path.dirname(fileURLToPath(import.meta.resolve('swagger-ui-dist/swagger-ui.css')))
  const paths = [
    ...MAPLIBRE.map((name) => path.join(maplibre, name)),
    ...DOCS.map((name) => path.join(ASSETS_FOLDER, 'docs', name)),
    ...SWAGGER_UI.map((name) => path.join(swaggerUi, name)),
  ]
  const files = new Map<string, IndexedFile>()
  for (const file of paths) files.set(path.basename(file), await indexFile(file))
  const manifest = await readFile(path.join(maplibre, '../package.json'), 'utf8')
  const { version } = JSON.parse(manifest) as { version: string }
  return { files, version: versionOf(files), mapLibre: `maplibre-${version}` }
}
