import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import type { Plugin } from 'vite'

const TEXT = /\.(js|mjs|css|svg|json|webmanifest)$/

/** Writes a gzip (`.gz`) and a brotli (`.br`) copy beside each script, style and drawing of a build; index.html changes with each answer. */
export function compressFiles(): Plugin {
  return {
    name: 'compress-files',
    apply: 'build',
    writeBundle: {
      sequential: true,
      async handler({ dir }, bundle) {
        if (dir === undefined) throw new Error('the build has no folder')
        for (const name of Object.keys(bundle).filter((file) => TEXT.test(file))) {
          const file = path.join(dir, name)
          const bytes = await readFile(file)
          await writeFile(`${file}.gz`, await promisify(gzip)(bytes, { level: 9 }))
          await writeFile(`${file}.br`, await promisify(brotliCompress)(bytes, brotliOptions(bytes.length)))
        }
      },
    },
  }
}

function brotliOptions(size: number) {
  return {
    params: {
      [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
      [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
      [constants.BROTLI_PARAM_SIZE_HINT]: size,
    },
  }
}
