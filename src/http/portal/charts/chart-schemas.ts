import { Type } from '@fastify/type-provider-typebox'
import { nullable, Time } from '#http/base/schemas.ts'

export const PageSchema = Type.Object({
  limit: Type.Integer({ minimum: 1, default: 100, description: 'Entries per page; more than 1000 counts as 1000' }),
  offset: Type.Integer({ minimum: 0, default: 0, description: 'Entries to skip, at most 100000' }),
})

export const PaginationSchema = Type.Object({ limit: Type.Integer(), offset: Type.Integer() })
export const TotalPaginationSchema = Type.Object({ limit: Type.Integer(), offset: Type.Integer(), total: Type.Integer() })

const STATUSES = ['pending', 'processing', 'succeeded', 'failed', 'cancelled'] as const
const LEVELS = ['info', 'warning', 'error'] as const

export const UploadSchema = Type.Object({
  id: Type.Integer(),
  filename: Type.String(),
  fileSize: Type.Integer({ description: 'Bytes' }),
  status: Type.Unsafe<(typeof STATUSES)[number]>({
    type: 'string',
    enum: [...STATUSES],
    description: 'failed: at least one of its cells could not be used; the others are shown all the same',
  }),
  createdAt: Time,
  updatedAt: Time,
  uploaderEmail: Type.String({ description: 'User name of who uploaded it' }),
  totalCharts: Type.Integer({ description: 'Cells in the upload' }),
  expiredCharts: Type.Integer({ description: 'Cells whose permit has expired' }),
  logs: Type.Array(
    Type.Object({
      timestamp: Type.String({ description: 'ISO 8601, UTC, as 2026-01-15T08:00:10.000+00:00' }),
      type: Type.Unsafe<(typeof LEVELS)[number]>({ type: 'string', enum: [...LEVELS] }),
      message: Type.String(),
    }),
    { description: 'The last lines of its job and the jobs below it, oldest first' },
  ),
})

const NullableText = nullable(Type.String())
const NullableCount = nullable(Type.Integer())
const BoundingBox = Type.Unsafe<number[] | null>({
  type: ['array', 'null'],
  items: { type: 'number' },
  description: 'West, south, east, north in degrees; west is greater than east across the antimeridian',
})

const CELL_STATUSES = ['pending', 'indexed', 'waiting', 'failed', 'cancelled'] as const

export const CellReportSchema = Type.Object({
  name: Type.String(),
  title: NullableText,
  status: Type.Unsafe<(typeof CELL_STATUSES)[number]>({
    type: 'string',
    enum: [...CELL_STATUSES],
    description: 'waiting: encrypted, its permit has not been uploaded yet; cancelled: withdrawn by its producer',
  }),
  edition: NullableCount,
  update: NullableCount,
  issueDate: NullableText,
  updateDate: NullableText,
  usageBand: NullableCount,
  scale: nullable(Type.Integer({ description: 'Compilation scale, 1 to this' })),
  bbox: BoundingBox,
  featureCount: NullableCount,
  features: Type.Unsafe<Record<string, number> | null>({
    type: ['object', 'null'],
    additionalProperties: { type: 'integer' },
    description: 'Features of each object class, by acronym',
  }),
  encrypted: nullable(Type.Boolean()),
  decryptResult: nullable(Type.String({ description: 'How decryption went; null for a plain cell' })),
  permitExpires: nullable(Type.String({ description: 'Last day of its S-63 permit, YYYY-MM-DD' })),
  visible: Type.Boolean({ description: 'Whether the chart that is shown now comes, in part at least, from this upload' }),
  warnings: Type.Array(Type.String()),
  errors: Type.Array(Type.String()),
})

export const CellSchema = Type.Object({
  name: Type.String(),
  title: NullableText,
  source: Type.String({ description: 'noaa for a public cell, upload for one of the account' }),
  uploadId: NullableCount,
  edition: Type.Integer(),
  update: Type.Integer(),
  issueDate: NullableText,
  updateDate: NullableText,
  usageBand: Type.Integer(),
  scale: Type.Integer(),
  bbox: Type.Array(Type.Number(), { description: 'West, south, east, north' }),
  featureCount: Type.Integer(),
  files: Type.Array(Type.String(), { description: 'Texts and pictures that its features name' }),
  indexedAt: Time,
})
