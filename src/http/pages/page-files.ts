import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { ASSETS_FOLDER } from '../static/chart-assets.ts'
import { type FileIndex, type IndexedFile, indexFile, versionOf } from '../static/file-index.ts'

const OWN = ['theme.js', 'map.js', 'chart.js', 'panel.js', 'session.js', 'settings.js', 'map.css', 'attribute-names.json']
const MAPLIBRE = ['maplibre-gl.mjs', 'maplibre-gl-shared.mjs', 'maplibre-gl-worker.mjs', 'maplibre-gl.css']

const DOCS = ['api-docs.js', 'api-docs.css']
const SWAGGER_UI = ['swagger-ui-bundle.js', 'swagger-ui.css']

/** The files of the pages, their own and those of MapLibre GL JS and Swagger UI as their packages have them; read on the first call. */
export function createPageFiles(): () => Promise<FileIndex> {
  let reading: Promise<FileIndex> | null = null
  return () => {
    reading ??= readFiles().catch((error: unknown) => {
      reading = null
      throw error
    })
    return reading
  }
}

async function readFiles(): Promise<FileIndex> {
  const maplibre = path.dirname(fileURLToPath(import.meta.resolve('maplibre-gl/dist/maplibre-gl.css')))
  const swaggerUi = path.dirname(fileURLToPath(import.meta.resolve('swagger-ui-dist/swagger-ui.css')))
  const paths = [
    ...OWN.map((name) => path.join(ASSETS_FOLDER, 'map', name)),
    ...MAPLIBRE.map((name) => path.join(maplibre, name)),
    ...DOCS.map((name) => path.join(ASSETS_FOLDER, 'docs', name)),
    ...SWAGGER_UI.map((name) => path.join(swaggerUi, name)),
  ]
  const files = new Map<string, IndexedFile>()
  for (const file of paths) files.set(path.basename(file), await indexFile(file))
  return { files, version: versionOf(files) }
}
