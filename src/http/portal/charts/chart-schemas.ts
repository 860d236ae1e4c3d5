import { Type } from '@fastify/type-provider-typebox'
import { nullable, Time } from '#http/base/schemas.ts'
import { LogSchema } from '../jobs/job-schema.ts'

/** Where the chart routes of the portal are mounted, and their group in the API description. */
export const CHARTS_URL = '/api/portal/v1/charts'
export const CHART_TAGS = ['Charts']

export const UPLOAD_STATUSES = ['pending', 'processing', 'succeeded', 'failed', 'cancelled'] as const

export const UploadSchema = Type.Object(
  {
    id: Type.Integer({ description: 'The number of the upload' }),
    filename: Type.String({ description: 'As the client named the file' }),
    fileSize: Type.Integer({ description: 'Bytes' }),
    status: Type.Unsafe<(typeof UPLOAD_STATUSES)[number]>({
      type: 'string',
      enum: [...UPLOAD_STATUSES],
      description: 'failed: at least one of its cells is unusable; the others are visible',
    }),
    createdAt: Time,
    updatedAt: Time,
    uploaderEmail: Type.String({ description: 'User name of the uploader' }),
    totalCharts: Type.Integer({ description: 'Cells in the upload' }),
    expiredCharts: Type.Integer({ description: 'Cells whose permit has expired' }),
    logs: Type.Array(LogSchema, { description: 'The last lines of its job tree, oldest first' }),
  },
  { title: 'Upload', description: 'A file that a user sent, and what became of it' },
)

/** An upload with `view=summary`: its job and counts, without log. */
export const UploadSummarySchema = Type.Object(
  {
    ...Type.Omit(UploadSchema, ['logs']).properties,
    jobId: Type.Union([Type.String(), Type.Null()], { description: 'The job that processes it; null when retention deleted it' }),
    error: Type.Union([Type.String(), Type.Null()], { description: 'Why its job failed; null unless it failed' }),
    cells: Type.Record(Type.String(), Type.Integer(), {
      description: 'Counts by state: pending, indexed, waiting, failed, cancelled; states without cells are left out',
    }),
  },
  { title: 'UploadSummary', description: 'An upload with its job and counts of cells, without log' },
)

/** Null in a report until the cell has been read. */
const unlessRead = (description: string) => nullable(Type.String({ description: `${description}; null until it has been read` }))
const numberUnlessRead = (description: string) =>
  nullable(Type.Integer({ description: `${description}; null until it has been read` }))

const NAME = 'The name of the cell, such as US5GA20M'
const TITLE = 'The title of the chart; null when nothing states one'
const EDITION = 'Edition of the cell'
const UPDATE = 'The last update that is applied; 0 for the edition itself'
const ISSUED = 'Date of issue, YYYY-MM-DD'
const UPDATED = 'Update application date, YYYY-MM-DD'
const BAND = 'Usage band: 1 overview to 6 berthing'
const FEATURES = 'Number of features'
const BoundingBox = Type.Unsafe<number[] | null>({
  type: ['array', 'null'],
  items: { type: 'number' },
  description: 'West, south, east, north in degrees; west exceeds east across the antimeridian',
})

const StandardSchema = Type.Unsafe<'s57' | 's101'>({
  type: 'string',
  enum: ['s57', 's101'],
  description: 'The standard of its files: S-57 or S-101',
})

export const CELL_STATUSES = ['pending', 'indexed', 'waiting', 'failed', 'cancelled'] as const

export const CellReportSchema = Type.Object(
  {
    name: Type.String({ description: NAME }),
    title: nullable(Type.String({ description: TITLE })),
    status: Type.Unsafe<(typeof CELL_STATUSES)[number]>({
      type: 'string',
      enum: [...CELL_STATUSES],
      description: 'waiting: encrypted, and no permit for it has been uploaded; cancelled: withdrawn by its producer',
    }),
    standard: Type.Unsafe<'s57' | 's101' | null>({
      type: ['string', 'null'],
      enum: ['s57', 's101', null],
      description: 'The standard of its files: S-57 or S-101; null until it has been read',
    }),
    edition: numberUnlessRead(EDITION),
    update: numberUnlessRead(UPDATE),
    issueDate: unlessRead(ISSUED),
    updateDate: unlessRead(UPDATED),
    usageBand: numberUnlessRead(BAND),
    scale: nullable(Type.Integer({ description: 'Denominator of the compilation scale' })),
    bbox: BoundingBox,
    upToDate: nullable(
      Type.Boolean({
        description: 'False when it is shown without an update that is missing or cannot be applied; see warnings',
      }),
    ),
    featureCount: numberUnlessRead(FEATURES),
    features: Type.Unsafe<Record<string, number> | null>({
      type: ['object', 'null'],
      additionalProperties: { type: 'integer' },
      description: 'Features of each object class, by acronym',
    }),
    encrypted: nullable(Type.Boolean({ description: 'Whether its files are encrypted (S-63); null until it has been read' })),
    decryptResult: nullable(Type.String({ description: 'Outcome of the decryption; null for a plain cell' })),
    permitExpires: nullable(Type.String({ description: 'Last day of its S-63 permit, YYYY-MM-DD' })),
    visible: Type.Boolean({ description: 'Whether the visible chart comes from this upload, at least in part' }),
    displacedBy: nullable(
      Type.String({
        description: 'The cell of the other standard (S-57 or S-101) that is drawn in place of this chart; null when none is',
      }),
    ),
    warnings: Type.Array(Type.String(), { description: 'What was left out or doubtful, in words' }),
    errors: Type.Array(Type.String(), { description: 'Why the cell is not visible, or not in this version, in words' }),
  },
  { title: 'CellReport', description: 'What became of one cell of an upload' },
)

export const CellSchema = Type.Object(
  {
    name: Type.String({ description: NAME }),
    title: nullable(Type.String({ description: TITLE })),
    source: Type.String({
      description: 'noaa for a public cell, usace for a public one of inland waterways, upload for one of the account',
    }),
    uploadId: nullable(Type.Integer({ description: 'The upload that it comes from; null for a public cell' })),
    standard: StandardSchema,
    edition: Type.Integer({ description: EDITION }),
    update: Type.Integer({ description: UPDATE }),
    issueDate: nullable(Type.String({ description: ISSUED })),
    updateDate: nullable(Type.String({ description: UPDATED })),
    usageBand: Type.Integer({ description: BAND }),
    scale: Type.Integer({ description: 'Denominator of the compilation scale' }),
    bbox: Type.Array(Type.Number(), { description: 'West, south, east, north' }),
    upToDate: Type.Boolean({ description: 'False when it is shown without an update that is missing or cannot be applied' }),
    featureCount: Type.Integer({ description: FEATURES }),
    files: Type.Array(Type.String(), { description: 'Texts and pictures that its features name' }),
    indexedAt: Time,
  },
  { title: 'Cell', description: 'A chart that the caller sees' },
)
