import { type Static, Type } from '@fastify/type-provider-typebox'
import { PACK_FORMATS, PACK_KINDS, PACK_THEMES, type PackSpec } from '#exports/pack-spec.ts'
import { nullable, Time, timeWhen } from '#http/base/schemas.ts'

export const EXPORTS_URL = '/api/portal/v1/exports'
export const EXPORT_TAGS = ['Exports']

const oneOf = <const T extends string>(values: readonly T[], description: string) =>
  Type.Unsafe<T>({ type: 'string', enum: [...values], description })

const Box = Type.Array(Type.Number(), {
  minItems: 4,
  maxItems: 4,
  description: 'West, south, east, north in degrees; west exceeds east across the antimeridian',
})
const Zoom = (description: string) => Type.Integer({ minimum: 0, maximum: 22, description })

/** What a pack is to hold. */
export const PackBody = Type.Object({
  bbox: Box,
  minZoom: Zoom('Shallowest zoom of the tiles'),
  maxZoom: Zoom('Deepest zoom: at most 16 for vector tiles, 22 for raster tiles'),
  format: oneOf(PACK_FORMATS, 'pmtiles comes with a page that shows it'),
  kind: oneOf(PACK_KINDS, 'Kind of the tiles'),
  theme: Type.Optional(oneOf(PACK_THEMES, 'Of raster tiles, and of the page when it opens; default day')),
  styleId: Type.Optional(
    Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER, description: 'A custom style of the account' }),
  ),
})

/** Reads a body that its schema has checked. */
export function packSpecOf({ bbox, minZoom, maxZoom, format, kind, theme, styleId }: Static<typeof PackBody>): PackSpec {
  const [west = 0, south = 0, east = 0, north = 0] = bbox
  return { box: [west, south, east, north], minZoom, maxZoom, format, kind, theme: theme ?? 'day', styleId: styleId ?? null }
}

export const EstimateSchema = Type.Object(
  {
    tiles: Type.Integer({ description: 'Tiles of the box and zooms; those without content are left out of the pack' }),
    bytes: Type.Integer({ description: 'Size of the zip in bytes, from the size of some of its tiles' }),
    charts: Type.Integer({ description: 'Charts in the box' }),
    seconds: Type.Integer({ description: 'Seconds that it will take, from the time that some of its tiles took' }),
    fits: Type.Boolean({ description: 'Whether the disk of the server has room to make it' }),
  },
  { title: 'ExportEstimate', description: 'What a pack would contain and cost' },
)

export const ExportSchema = Type.Object(
  {
    id: Type.String({ format: 'uuid', description: 'The id of the pack' }),
    jobId: Type.String({ format: 'uuid', description: 'The job that makes it' }),
    state: Type.String({ description: 'State of that job; completed once the file can be downloaded' }),
    percentComplete: Type.Number({ description: 'Of that job, 0 to 100' }),
    bbox: Box,
    minZoom: Type.Integer({ description: 'Lowest zoom' }),
    maxZoom: Type.Integer({ description: 'Highest zoom' }),
    kind: Type.String({ enum: [...PACK_KINDS], description: 'What the tiles are' }),
    format: Type.String({ enum: [...PACK_FORMATS], description: 'The file that contains the tiles' }),
    theme: Type.String({ enum: [...PACK_THEMES], description: 'The theme of raster tiles, and the first of the viewer' }),
    styleId: nullable(Type.Integer({ description: 'The custom style; null for that of the server' })),
    tiles: Type.Integer({ description: 'Tiles of the box and zooms; once completed, those with content' }),
    fileSize: nullable(Type.Integer({ description: 'Size of the zip in bytes; null until it is completed' })),
    fileName: Type.String({ description: 'The name under which it is downloaded' }),
    creatorEmail: Type.String({ description: 'User name of its creator' }),
    createdAt: Time,
    expiresAt: nullable(timeWhen('when the pack and its file are removed; null until it is completed')),
  },
  { title: 'Export', description: 'An offline pack: charts of an area in one zip' },
)

export const ExportId = Type.Object({ id: Type.String({ description: 'The id of the pack' }) })
