import { readFileSync } from 'node:fs'
import path from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { compressFiles } from './compress-files.ts'

const root = import.meta.dirname
// The server has MapLibre under its version (`/assets/maplibre-<version>/`); no bundle contains it.
const { version: mapLibre } = JSON.parse(readFileSync(path.join(root, '../node_modules/maplibre-gl/package.json'), 'utf8')) as {
  version: string
}

// Addresses are relative, so that the portal also works in a sub-folder of a proxy. Nothing becomes part of a script or style as a `data:`
// address: the content security policy allows that for images only.
export default defineConfig({
  root,
  base: './',
  cacheDir: path.join(root, '../node_modules/.vite'),
  publicDir: false,
  envDir: false,
  define: { 'import.meta.env.VITE_MAPLIBRE_VERSION': JSON.stringify(mapLibre) },
  plugins: [react(), compressFiles()],
  build: {
    target: 'es2023',
    outDir: path.join(root, 'dist'),
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    // The licences of the packages in the bundle, which ask for their notices beside copies.
    license: { fileName: 'licences.md' },
    chunkSizeWarningLimit: 700,
    // The shell is one file, because dozens of small ones would take turns on the browser's six connections.
    rolldownOptions: { output: { codeSplitting: { groups: [{ name: 'portal', tags: ['$initial'] }] } } },
  },
})
