import { ERRORS, type ErrorCode } from '#lib/error-codes.ts'
import type { WorkKind } from '../admission/admission.ts'
import type { AuthKind } from '../auth/auth.ts'
import { toProblem } from '../base/problem.ts'
import { PROBLEM_MEANINGS } from '../base/schemas.ts'

/** Codes that follow from what an operation does, by operationId. Those that follow from how it is called are added to them. */
const CODES_OF: Readonly<Record<string, readonly ErrorCode[]>> = {
  getPageFile: ['STATIC_NOT_FOUND'],
  login: ['INVALID_CREDENTIALS', 'RATE_LIMITED'],
  changePassword: ['CURRENT_PASSWORD_WRONG', 'RATE_LIMITED'],
  endSession: ['SESSION_NOT_FOUND'],
  updateApiToken: ['TOKEN_NOT_FOUND'],
  deleteApiToken: ['TOKEN_NOT_FOUND'],
  getUser: ['USER_NOT_FOUND'],
  createUser: ['ACCOUNT_NOT_FOUND', 'USERNAME_TAKEN'],
  editUser: ['USER_NOT_FOUND', 'USERNAME_TAKEN'],
  deleteUser: ['USER_NOT_FOUND', 'USER_NOT_DELETABLE'],
  getAccount: ['ACCOUNT_NOT_FOUND'],
  createAccount: ['USERNAME_TAKEN'],
  editAccount: ['ACCOUNT_NOT_FOUND'],
  deleteAccount: ['ACCOUNT_NOT_FOUND', 'ACCOUNT_NOT_DELETABLE'],
  listAccountApiTokens: ['ACCOUNT_NOT_FOUND'],
  createAccountApiToken: ['ACCOUNT_NOT_FOUND', 'USER_NOT_FOUND', 'USER_NOT_IN_ACCOUNT'],
  deleteAccountApiToken: ['ACCOUNT_NOT_FOUND', 'TOKEN_NOT_FOUND'],
  getUpload: ['UPLOAD_NOT_FOUND'],
  deleteUpload: ['UPLOAD_NOT_FOUND'],
  listUploads: ['OFFSET_TOO_LARGE'],
  listUploadCells: ['UPLOAD_NOT_FOUND', 'OFFSET_TOO_LARGE'],
  listCells: ['OFFSET_TOO_LARGE'],
  listPermits: ['OFFSET_TOO_LARGE'],
  listPublicFailures: ['OFFSET_TOO_LARGE'],
  listUserReports: ['OFFSET_TOO_LARGE'],
  listBathymetry: ['OFFSET_TOO_LARGE'],
  listCellCoverages: ['CURSOR_INVALID'],
  getCellFile: ['CELL_FILE_NOT_FOUND'],
  getUserPermit: ['PERMIT_NOT_FOUND'],
  uploadCharts: ['UPLOAD_INCOMPLETE', 'UPLOAD_NO_FILE', 'UPLOAD_TOO_LARGE', 'UPLOAD_TYPE', 'STORAGE_FULL'],
  uploadChartsCloud: ['UPLOAD_INCOMPLETE', 'UPLOAD_NO_FILE', 'UPLOAD_TOO_LARGE', 'UPLOAD_TYPE', 'STORAGE_FULL'],
  refreshChartsCloud: ['JOB_TYPE_ACTIVE'],
  getVectorTile: ['TILE_OUT_OF_RANGE', 'TILES_BUSY', 'CHART_UNREADABLE'],
  getDataTile: ['TILE_OUT_OF_RANGE', 'TILE_EMPTY', 'TILES_BUSY', 'CHART_UNREADABLE'],
  getShorelineTile: ['TILE_OUT_OF_RANGE', 'TILES_BUSY', 'CHART_UNREADABLE'],
  getRasterTile: ['TILE_NOT_FOUND', 'TILES_BUSY', 'CHART_UNREADABLE'],
  getOldRasterTile: ['TILE_NOT_FOUND', 'TILES_BUSY', 'CHART_UNREADABLE'],
  createUserReport: ['REPORT_EXISTS'],
  voteOnUserReport: ['REPORT_NOT_FOUND', 'REPORT_GONE'],
  deleteUserReport: ['REPORT_NOT_FOUND', 'REPORT_GONE', 'REPORT_NOT_OWN'],
  getUserReportTile: ['TILE_OUT_OF_RANGE', 'TILES_BUSY'],
  getUserReportDataTile: ['TILE_OUT_OF_RANGE', 'TILES_BUSY'],
  createBathymetry: ['TOO_MANY_SOUNDINGS', 'SERVER_BUSY', 'TOO_MANY_REQUESTS'],
  getBathymetry: ['TRACK_NOT_FOUND'],
  getSignalKChart: ['CHART_NOT_FOUND'],
  getSignalKChartOld: ['CHART_NOT_FOUND'],
  getCell: ['CELL_NOT_FOUND'],
  previewUploadDeletion: ['UPLOAD_NOT_FOUND'],
  queryDepths: ['TILES_BUSY', 'CHART_UNREADABLE'],
  queryFeatures: ['TILES_BUSY', 'CHART_UNREADABLE'],
  createStyle: ['STYLE_LIMIT'],
  getCustomStyle: ['STYLE_NOT_FOUND'],
  updateStyle: ['STYLE_NOT_FOUND', 'STYLE_CHANGED'],
  deleteStyle: ['STYLE_NOT_FOUND', 'STYLE_CHANGED'],
  estimateExport: ['EXPORT_TOO_LARGE', 'STYLE_NOT_FOUND', 'TILES_BUSY', 'CHART_UNREADABLE'],
  createExport: ['EXPORT_TOO_LARGE', 'STYLE_NOT_FOUND', 'TILES_BUSY', 'CHART_UNREADABLE', 'STORAGE_FULL'],
  getExport: ['EXPORT_NOT_FOUND'],
  deleteExport: ['EXPORT_NOT_FOUND'],
  createDownload: ['EXPORT_NOT_FOUND', 'EXPORT_NOT_READY'],
  download: ['DOWNLOAD_GONE', 'RANGE_NOT_SATISFIABLE'],
  getSprite: ['STATIC_NOT_FOUND'],
  getColouredSprite: ['STATIC_NOT_FOUND', 'TILES_BUSY'],
  getGlyphs: ['STATIC_NOT_FOUND'],
  createWebhook: ['WEBHOOK_LIMIT', 'WEBHOOK_URL_REFUSED'],
  getWebhook: ['WEBHOOK_NOT_FOUND'],
  updateWebhook: ['WEBHOOK_NOT_FOUND', 'WEBHOOK_URL_REFUSED'],
  deleteWebhook: ['WEBHOOK_NOT_FOUND'],
  rotateWebhookSecret: ['WEBHOOK_NOT_FOUND'],
  testWebhook: ['WEBHOOK_NOT_FOUND'],
  listWebhookDeliveries: ['WEBHOOK_NOT_FOUND'],
  listJobs: ['CURSOR_INVALID', 'OFFSET_TOO_LARGE', 'QUERY_TIMEOUT'],
  createJob: ['JOB_TYPE_ACTIVE', 'JOB_TYPE_NOT_ALLOWED'],
  streamJobEvents: ['STREAM_LIMIT'],
  getJob: ['JOB_NOT_FOUND'],
  getJobLog: ['JOB_NOT_FOUND'],
  cancelJob: ['JOB_NOT_FOUND', 'ADMIN_REQUIRED'],
  retryJob: ['JOB_NOT_FOUND', 'ADMIN_REQUIRED', 'JOB_ACTIVE', 'JOB_COMPLETED', 'JOB_STEP_UNKNOWN', 'JOB_TYPE_ACTIVE'],
}

/** Errors that any operation may return, whatever it does; the description lists them once. */
const ANYWHERE = [
  'BAD_REQUEST',
  'REQUEST_TIMEOUT',
  'HEADERS_TOO_LARGE',
  'INTERNAL',
  'UNAVAILABLE',
] as const satisfies readonly ErrorCode[]

/** How an operation is called, as far as errors follow from it. */
export interface CalledOperation {
  operationId: string
  auth: AuthKind | undefined
  unrestricted: boolean
  work: WorkKind | undefined
  hasBody: boolean
  hasQuery: boolean
}

/** Every error answer of an operation, by status, with an example for each code; `default` stands for those of any operation. */
export function errorAnswers(operation: CalledOperation): Record<string, object> {
  const byStatus = Map.groupBy(new Set(codesOf(operation)), (code) => ERRORS[code].status)
  const own = [...byStatus].map(([status, codes]) => [status, answer(PROBLEM_MEANINGS.get(status) ?? 'Error', codes)])
  return { ...Object.fromEntries(own), default: answer('Any other error', ANYWHERE) }
}

/** A problem document for each code, which the answers refer to. */
export function problemExamples(): Record<string, object> {
  const codes = Object.keys(ERRORS) as ErrorCode[]
  return Object.fromEntries(codes.map((code) => [code, { summary: code, value: toProblem(code) }]))
}

function codesOf({ operationId, auth = 'none', unrestricted, work, hasBody, hasQuery }: CalledOperation): ErrorCode[] {
  const codes: ErrorCode[] = [...(CODES_OF[operationId] ?? [])]
  if (auth !== 'none') codes.push('TOKEN_MISSING', 'TOKEN_INVALID', 'ORIGIN_NOT_ALLOWED')
  if (auth === 'session') codes.push('SESSION_REQUIRED')
  if (auth === 'admin') codes.push('ADMIN_REQUIRED')
  if (unrestricted) codes.push('TOKEN_RESTRICTED')
  if (work !== undefined) codes.push('TOO_MANY_REQUESTS', 'SERVER_BUSY')
  if (hasBody) codes.push('INVALID_JSON', 'BODY_TOO_LARGE', 'UNSUPPORTED_MEDIA_TYPE')
  if (hasBody || hasQuery) codes.push('VALIDATION_FAILED')
  return codes
}

function answer(description: string, codes: readonly ErrorCode[]): object {
  const examples = Object.fromEntries(codes.toSorted().map((code) => [code, { $ref: `#/components/examples/${code}` }]))
  return { description, content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' }, examples } } }
}
