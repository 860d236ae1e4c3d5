import type { Pack, PackFormat, PackKind, PackRequest, PackTheme } from '../../api/exports-api.ts'
import type { Box } from './box.ts'

/** What the user has chosen for a new pack, beside its box. */
export interface PackForm {
  minZoom: number
  maxZoom: number
  kind: PackKind
  format: PackFormat
  theme: PackTheme
  /** A custom style of the account; null for the default. */
  styleId: number | null
}

/** The deepest zoom of each kind. */
export const DEEPEST: Readonly<Record<PackKind, number>> = { vector: 16, raster: 22 }

export const NEW_PACK: PackForm = { minZoom: 6, maxZoom: 14, kind: 'vector', format: 'pmtiles', theme: 'day', styleId: null }

/** The choices behind a pack, to make another one. */
export function formOf({ minZoom, maxZoom, kind, format, theme, styleId }: Pack): PackForm {
  return { minZoom, maxZoom, kind, format, theme, styleId }
}

export function boxOf({ bbox: [west = 0, south = 0, east = 0, north = 0] }: Pick<Pack, 'bbox'>): Box {
  return [west, south, east, north]
}

/** Changes the kind; zooms are limited to its deepest. */
export function withKind(form: PackForm, kind: PackKind): PackForm {
  const most = DEEPEST[kind]
  return { ...form, kind, minZoom: Math.min(form.minZoom, most), maxZoom: Math.min(form.maxZoom, most) }
}

/** Changes the zoom at one end; the other end follows where it would be passed. */
export function withZoom(form: PackForm, end: 'minZoom' | 'maxZoom', zoom: number): PackForm {
  return end === 'minZoom'
    ? { ...form, minZoom: zoom, maxZoom: Math.max(zoom, form.maxZoom) }
    : { ...form, maxZoom: zoom, minZoom: Math.min(zoom, form.minZoom) }
}

/** The request to the server. */
export function requestOf(box: Box, { styleId, ...form }: PackForm): PackRequest {
  return { bbox: [...box], ...form, ...(styleId === null ? {} : { styleId }) }
}
