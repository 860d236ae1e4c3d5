import { v5 } from 'uuid'
import type { CompiledCell } from '../format/compiled-cell.ts'

/** Namespace of the UUIDs of cells and features (RFC 9562, version 5). Chosen at random; never change it. */
const NAMESPACE = '8f5d9a52-3e0c-4c3e-9d43-5d1e7f6a2b10'

/** Returns the UUID of a cell by its name, the same in every edition. */
export function cellUuid(name: string): string {
  return v5(name, NAMESPACE)
}

/** Returns the UUID of a feature, made of its cell's name, AGEN, FIDN and FIDS: the same in every update and edition. */
export function featureUuid(cell: CompiledCell, feature: number): string {
  const { agency, featureId, featureSubdivision } = cell
  return v5(`${cell.header.name}/${agency[feature]}/${featureId[feature]}/${featureSubdivision[feature]}`, NAMESPACE)
}
