import { STATUS_CODES } from 'node:http'
import { ERRORS, type ErrorCode } from '#lib/error-codes.ts'
import type { FieldError } from '#lib/errors.ts'

/** The body of every error answer: a problem document (RFC 9457). `code` is stable and listed in docs/errors.md. */
export interface Problem {
  /** Always `about:blank`; `code` names the problem. */
  type: string
  title: string
  status: number
  detail: string
  code: ErrorCode
  errors?: readonly FieldError[]
  /** Of some codes, as docs/errors.md says. */
  [member: string]: unknown
}

export const PROBLEM_TYPE = 'application/problem+json'

/** Builds a problem document; `errors` appears only when there are fields to name, `members` are added as they are. */
export function toProblem(
  code: ErrorCode,
  detail: string = ERRORS[code].text,
  fields: readonly FieldError[] = [],
  members: Readonly<Record<string, unknown>> = {},
): Problem {
  const { status } = ERRORS[code]
  const problem: Problem = { type: 'about:blank', title: STATUS_CODES[status] ?? 'Error', status, detail, code, ...members }
  if (fields.length > 0) problem.errors = fields
  return problem
}
