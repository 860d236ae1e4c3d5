import { problemExamples } from './error-answers.ts'
import type { RecordedExample } from './recorded-example.ts'
import { RECORDED_EXAMPLES } from './recorded-examples.ts'

type Json = Record<string, unknown>

interface Media {
  schema?: unknown
  example?: unknown
}
interface Parameter {
  name: string
  required?: boolean
}
interface Operation {
  operationId: string
  parameters?: Parameter[]
  requestBody?: { content: Record<string, Media> }
  responses: Record<string, { content?: Record<string, Media> }>
}

/**
 * Gives the operations of an OpenAPI document the recorded examples, and each error code one.
 * @returns a copy of the document.
 */
export function addExamples(document: Json): Json {
  const components = document['components'] as Json
  const paths = Object.entries(document['paths'] as Record<string, Record<string, Operation>>).map(([path, operations]) => [
    path,
    Object.fromEntries(Object.entries(operations).map(([method, operation]) => [method, withExamples(operation)])),
  ])
  return { ...document, components: { ...components, examples: problemExamples() }, paths: Object.fromEntries(paths) }
}

function withExamples(operation: Operation): Operation {
  const { operationId, parameters, requestBody } = operation
  const recorded = RECORDED_EXAMPLES[operationId] ?? {}
  const responses = Object.entries(operation.responses).map(([status, response]) => [
    status,
    status.startsWith('2') ? withExample(response, recorded.answer) : response,
  ])
  return {
    ...operation,
    ...(parameters === undefined ? {} : { parameters: parameters.map((each) => withValue(each, recorded)) }),
    ...(requestBody === undefined ? {} : { requestBody: withExample(requestBody, recorded.body) }),
    responses: Object.fromEntries(responses),
  }
}

function withExample<T extends { content?: Record<string, Media> }>(holder: T, example: unknown): T {
  const media = holder.content?.['application/json']
  if (example === undefined || media === undefined) return holder
  return { ...holder, content: { ...holder.content, 'application/json': { ...media, example } } }
}

/** Only what must be given has an example: the page that tries requests out fills it in. */
function withValue(parameter: Parameter, { path, query }: RecordedExample): Parameter {
  const example = parameter.required === true ? (path?.[parameter.name] ?? query?.[parameter.name]) : undefined
  return { ...parameter, ...(example === undefined ? {} : { example }) }
}
