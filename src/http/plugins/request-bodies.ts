import type { FastifySchema } from 'fastify'

type Json = Record<string, unknown>

const FORM = {
  type: 'object',
  required: ['file'],
  properties: { file: { type: 'string', format: 'binary', description: 'The file, with its name' } },
}

/** The body of a route that consumes a form, for the description alone: the route itself reads the form as a stream. */
export function formOf(schema: FastifySchema | undefined): { body?: object } {
  return schema?.consumes?.includes('multipart/form-data') === true ? { body: FORM } : {}
}

/**
 * Lets a body whose schema takes null be left out.
 *
 * @returns a copy of the OpenAPI document.
 */
export function optionalBodies(document: Json): Json {
  const paths = Object.entries(document['paths'] as Record<string, Record<string, Json>>).map(([path, operations]) => [
    path,
    Object.fromEntries(Object.entries(operations).map(([method, operation]) => [method, withOptionalBody(operation)])),
  ])
  return { ...document, paths: Object.fromEntries(paths) }
}

function withOptionalBody(operation: Json): Json {
  const body = operation['requestBody'] as { content: Record<string, { schema: Json }> } | undefined
  const takesNull = Object.values(body?.content ?? {}).some(({ schema }) => [schema['type']].flat().includes('null'))
  return takesNull ? { ...operation, requestBody: { ...body, required: false } } : operation
}
