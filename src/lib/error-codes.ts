interface ErrorKind {
  /** HTTP status of the response. */
  status: number
  /** Detail of the response, unless the error has its own. */
  text: string
}

/** Every error that the API returns; `docs/errors.md` says when. A code never changes once released. */
export const ERRORS = {
  ACCOUNT_NOT_DELETABLE: { status: 400, text: 'You cannot delete your own account.' },
  ACCOUNT_NOT_FOUND: { status: 404, text: 'There is no such account.' },
  ADMIN_REQUIRED: { status: 403, text: 'Only an administrator of this server may do that.' },
  BAD_REQUEST: { status: 400, text: 'The request could not be understood.' },
  BODY_TOO_LARGE: { status: 413, text: 'The request body is too large; at most 1 MiB is accepted here.' },
  CELL_FILE_NOT_FOUND: { status: 404, text: 'There is no such cell, or it has no such file.' },
  CELL_NOT_FOUND: { status: 404, text: 'There is no such cell among the charts the caller sees.' },
  CHART_UNREADABLE: { status: 503, text: 'A chart of this area cannot be read right now. Try again soon.' },
  CURRENT_PASSWORD_WRONG: { status: 400, text: 'The current password is wrong.' },
  CURSOR_INVALID: { status: 400, text: 'The cursor is not one that this server issued.' },
  HEADERS_TOO_LARGE: { status: 431, text: 'The request headers are too large; at most 16 KiB are accepted.' },
  INTERNAL: { status: 500, text: 'Something went wrong in the server.' },
  INVALID_CREDENTIALS: { status: 401, text: 'The user name or the password is wrong.' },
  INVALID_JSON: { status: 400, text: 'The request body is not valid JSON.' },
  JOB_ACTIVE: { status: 409, text: 'The job has not ended yet.' },
  JOB_COMPLETED: { status: 409, text: 'The job has completed; only a failed or cancelled job can be retried.' },
  JOB_NOT_FOUND: { status: 404, text: 'There is no such job.' },
  JOB_STEP_UNKNOWN: { status: 400, text: 'The job has no such step.' },
  JOB_TYPE_ACTIVE: { status: 409, text: 'A job of this type is already pending or running.' },
  JOB_TYPE_NOT_ALLOWED: { status: 400, text: 'Jobs of this type cannot be started by a request.' },
  JOB_TYPE_UNKNOWN: { status: 400, text: 'There is no such job type.' },
  METHOD_NOT_ALLOWED: { status: 405, text: 'This path does not accept the method.' },
  OFFSET_TOO_LARGE: { status: 400, text: 'The query is not valid: offset is too large.' },
  ORIGIN_NOT_ALLOWED: { status: 401, text: 'The token is restricted to other hosts.' },
  PERMIT_NOT_FOUND: {
    status: 404,
    text: 'This server has no S-63 identity: its operator must set S63_MANUFACTURER_ID, S63_MANUFACTURER_KEY and S63_HARDWARE_ID.',
  },
  QUERY_TIMEOUT: { status: 503, text: 'The database took too long.' },
  RATE_LIMITED: { status: 429, text: 'Too many failed logins. Try again later.' },
  REQUEST_TIMEOUT: { status: 408, text: 'The request did not arrive in time.' },
  ROUTE_NOT_FOUND: { status: 404, text: 'There is nothing at this path. The API is described at /api/openapi.json.' },
  SERVER_BUSY: { status: 503, text: 'The server has too much work of this kind. Try again in a few seconds.' },
  SESSION_NOT_FOUND: { status: 404, text: 'You have no such session.' },
  SESSION_REQUIRED: { status: 401, text: 'This needs the session token of a login; an API token is not accepted here.' },
  STATIC_NOT_FOUND: { status: 404, text: 'There is no such static file.' },
  STORAGE_FULL: { status: 507, text: 'The disk of the server is full.' },
  STREAM_LIMIT: { status: 429, text: 'Too many event streams are open.' },
  STYLE_LIMIT: { status: 400, text: 'The account has 1,000 styles, the most there can be. Delete one first.' },
  STYLE_NOT_FOUND: { status: 404, text: 'There is no such style on your account.' },
  TILES_BUSY: { status: 503, text: 'The server is busy drawing. Try again soon.' },
  TILE_EMPTY: { status: 404, text: 'No chart has data in this tile.' },
  TILE_NOT_FOUND: { status: 404, text: 'There is no such tile.' },
  TILE_OUT_OF_RANGE: { status: 400, text: 'There is no such tile.' },
  TOKEN_INVALID: { status: 401, text: 'The token is not valid: it does not exist, was deleted, or its session has ended.' },
  TOKEN_MISSING: { status: 401, text: 'A token is needed: Authorization: Bearer <token>.' },
  TOKEN_NOT_FOUND: { status: 404, text: 'There is no such API token on your account.' },
  TOKEN_RESTRICTED: {
    status: 401,
    text: 'A token that is restricted to hosts cannot manage tokens, users or passwords.',
  },
  TOO_MANY_REQUESTS: { status: 429, text: 'You have too many requests of this kind waiting. Wait for their answers first.' },
  UNAVAILABLE: {
    status: 503,
    text: 'The server is starting, stopping or has lost its database. Try again in a few seconds.',
  },
  UNSUPPORTED_MEDIA_TYPE: { status: 415, text: 'The request body must be JSON, sent with Content-Type: application/json.' },
  UPLOAD_INCOMPLETE: {
    status: 400,
    text: 'The upload was cut off or its multipart body is damaged. Upload the file again.',
  },
  UPLOAD_NOT_FOUND: { status: 404, text: 'There is no such upload on your account.' },
  UPLOAD_NO_FILE: { status: 400, text: 'A file is needed, sent as multipart/form-data in a field named file.' },
  UPLOAD_TOO_LARGE: { status: 400, text: 'The file is larger than 1 GB (1,073,741,824 bytes).' },
  UPLOAD_TYPE: { status: 400, text: 'Files of this type cannot be uploaded.' },
  USERNAME_TAKEN: { status: 400, text: 'Another user has this user name.' },
  USER_NOT_DELETABLE: { status: 400, text: 'This user cannot be deleted.' },
  USER_NOT_FOUND: { status: 404, text: 'There is no such user.' },
  USER_NOT_IN_ACCOUNT: { status: 400, text: 'The user belongs to another account.' },
  VALIDATION_FAILED: { status: 400, text: 'The request is not valid.' },
} as const satisfies Record<string, ErrorKind>

export type ErrorCode = keyof typeof ERRORS
