import { createRequire } from 'node:module'
import { dirname, relative } from 'node:path'
import type { CellFile } from '#s57/read-cell.ts'

// GDAL compiled to WebAssembly (the development dependency gdal3.js), as an independent reader for comparison. The C functions are
// called directly, because `open` of gdal3.js reads every file twice and mounts folders of the machine.

const require = createRequire(import.meta.url)

/** Apply updates, and keep the records as they are: no point per sounding, no primitives as layers. */
const openOptions = [
  'RETURN_PRIMITIVES=OFF',
  'RETURN_LINKAGES=OFF',
  'SPLIT_MULTIPOINT=OFF',
  'ADD_SOUNDG_DEPTH=OFF',
  'LNAM_REFS=ON',
  'UPDATES=APPLY',
]

interface EmscriptenModule {
  FS: {
    mkdir(path: string): void
    writeFile(path: string, bytes: Uint8Array): void
    unlink(path: string): void
    stat(path: string): { size: number; mode: number }
    readdir(path: string): string[]
    isDir(mode: number): boolean
    rmdir(path: string): void
  }
  ccall(name: string, result: 'number' | 'string' | null, types: string[], values: (number | string)[]): number | string
  UTF8ToString(pointer: number): string
  stringToUTF8(text: string, pointer: number, size: number): void
  lengthBytesUTF8(text: string): number
  setValue(pointer: number, value: number, type: string): void
  _malloc(size: number): number
  _free(pointer: number): void
}

export interface GdalFeature {
  properties: Record<string, unknown>
  geometry: { type: string; coordinates: unknown } | null
}

export interface GdalLayer {
  name: string
  /** Attributes that the layer can have; GDAL drops all others. */
  fields: { name: string }[]
  features: GdalFeature[]
}

export interface Gdal {
  /** Returns all layers of a cell with all features, through JSON. */
  layers(base: CellFile, updates: readonly CellFile[]): GdalLayer[]
  /** Copies every feature with its geometry to a dataset in memory, the cheapest way to make GDAL read everything. */
  readAll(base: CellFile, updates: readonly CellFile[]): void
  /** Converts a cell to a GeoPackage with spatial indexes in memory and returns its size in bytes. */
  convert(base: CellFile, updates: readonly CellFile[]): number
  /** Cuts a cell into Mapbox vector tiles of a range of zooms in memory; returns their number and total size in bytes, gzipped by GDAL. */
  cutTiles(base: CellFile, updates: readonly CellFile[], zooms: readonly [number, number]): { tiles: number; bytes: number }
}

/** Starts GDAL in this thread (half a second), at most once per process, because the package has one global instance. */
export async function startGdal(): Promise<Gdal> {
  const folder = dirname(require.resolve('gdal3.js'))
  const start = require('gdal3.js/node.js') as (options: {
    path: string
    useWorker: boolean
  }) => Promise<{ Module: EmscriptenModule }>
  // The package prepends `./` to the path, so it must be relative.
  const packageFolder = relative(process.cwd(), folder)
  const { Module: module } = await start({ path: packageFolder, useWorker: false })
  module.FS.mkdir('/cells')

  const call = (name: string, types: string[], ...values: (number | string)[]) =>
    module.ccall(name, 'number', types, values) as number

  function strings(list: readonly string[]): { pointer: number; free(): void } {
    const pointer = module._malloc(4 * (list.length + 1))
    const parts = list.map((text, i) => {
      const size = module.lengthBytesUTF8(text) + 1
      const part = module._malloc(size)
      module.stringToUTF8(text, part, size)
      module.setValue(pointer + 4 * i, part, '*')
      return part
    })
    module.setValue(pointer + 4 * list.length, 0, '*')
    return {
      pointer,
      free: () => {
        for (const part of [...parts, pointer]) module._free(part)
      },
    }
  }

  function withDataSet<T>(base: CellFile, updates: readonly CellFile[], use: (dataSet: number) => T): T {
    const paths = [base, ...updates].map(({ name, bytes }) => {
      module.FS.writeFile(`/cells/${name}`, bytes)
      return `/cells/${name}`
    })
    const options = strings(openOptions)
    const vectorOnly = 4
    const dataSet = call(
      'GDALOpenEx',
      ['string', 'number', 'number', 'number', 'number'],
      paths[0]!,
      vectorOnly,
      0,
      options.pointer,
      0,
    )
    options.free()
    try {
      if (dataSet === 0) throw new Error(`GDAL cannot open ${base.name}: ${module.ccall('CPLGetLastErrorMsg', 'string', [], [])}`)
      return use(dataSet)
    } finally {
      if (dataSet !== 0) call('GDALClose', ['number'], dataSet)
      for (const path of paths) module.FS.unlink(path)
    }
  }

  return {
    layers: (base, updates) =>
      withDataSet(base, updates, (dataSet) => {
        const list = strings(['-json', '-features', '-al'])
        const options = call('GDALVectorInfoOptionsNew', ['number', 'number'], list.pointer, 0)
        const text = call('GDALVectorInfo', ['number', 'number'], dataSet, options)
        const { layers } = JSON.parse(module.UTF8ToString(text)) as { layers: GdalLayer[] }
        module._free(text)
        call('GDALVectorInfoOptionsFree', ['number'], options)
        list.free()
        return layers
      }),
    readAll: (base, updates) => withDataSet(base, updates, (dataSet) => translate(dataSet, 'Memory', 'copy', base.name)),
    convert: (base, updates) =>
      withDataSet(base, updates, (dataSet) => {
        const target = '/cells/converted.gpkg'
        translate(dataSet, 'GPKG', target, base.name)
        const { size } = module.FS.stat(target)
        module.FS.unlink(target)
        return size
      }),
    cutTiles: (base, updates, [first, last]) =>
      withDataSet(base, updates, (dataSet) => {
        const target = '/cells/tiles'
        const settings = [`MINZOOM=${first}`, `MAXZOOM=${last}`, 'MAX_SIZE=5000000', 'MAX_FEATURES=1000000', 'COMPRESS=YES']
        translate(dataSet, 'MVT', target, base.name, ['-skipfailures', ...settings.flatMap((each) => ['-dsco', each])])
        return sweep(target)
      }),
  }

  /** Deletes a folder of tiles and counts them. */
  function sweep(folder: string): { tiles: number; bytes: number } {
    const sum = { tiles: 0, bytes: 0 }
    for (const name of module.FS.readdir(folder).filter((each) => each !== '.' && each !== '..')) {
      const path = `${folder}/${name}`
      const { mode, size } = module.FS.stat(path)
      if (module.FS.isDir(mode)) {
        const inner = sweep(path)
        sum.tiles += inner.tiles
        sum.bytes += inner.bytes
        continue
      }
      module.FS.unlink(path)
      if (!name.endsWith('.pbf')) continue
      sum.tiles++
      sum.bytes += size
    }
    module.FS.rmdir(folder)
    return sum
  }

  function translate(dataSet: number, format: string, target: string, name: string, more: readonly string[] = []): void {
    const list = strings(['-f', format, ...more, '-unsetFieldWidth', '-mapFieldType', 'StringList=String,IntegerList=String'])
    const options = call('GDALVectorTranslateOptionsNew', ['number', 'number'], list.pointer, 0)
    const sources = module._malloc(4)
    module.setValue(sources, dataSet, '*')
    const types = ['string', 'number', 'number', 'number', 'number', 'number']
    const copy = call('GDALVectorTranslate', types, target, 0, 1, sources, options, 0)
    if (copy === 0) throw new Error(`GDAL cannot read ${name}`)
    call('GDALClose', ['number'], copy)
    module._free(sources)
    call('GDALVectorTranslateOptionsFree', ['number'], options)
    list.free()
  }
}
