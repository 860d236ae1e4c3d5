import { member, type Schema, schemaType } from './schema-type.ts'

interface Content {
  [mediaType: string]: { schema?: Schema }
}

interface Parameter {
  name: string
  in: 'path' | 'query' | 'header'
  required?: boolean
  description?: string
  schema: Schema
}

interface Operation {
  summary?: string
  parameters?: readonly Parameter[]
  requestBody?: { required?: boolean; content: Content }
  responses: Record<string, { content?: Content }>
}

/** The parts of an OpenAPI 3.1 document that the types need. */
export interface ApiDocument {
  components: { schemas: Record<string, Schema> }
  paths: Record<string, Record<string, Operation>>
}

/** The source of a module with the types of an API, in the shape that `openapi-fetch` takes: `createClient<Paths>()`. */
export function apiTypes({ components, paths }: ApiDocument): string {
  const schemas = Object.entries(components.schemas).map(([name, schema]) =>
    member(name, schemaType(schema, '  '), '  ', schema.description),
  )
  const routes = Object.entries(paths).map(([path, operations]) => member(path, routeType(operations), '  '))
  return `// Generated from docs/openapi.json by scripts/generate-portal-api.ts: do not edit.

/** The named schemas of the API. */
export interface Schemas {
${schemas.join('')}}

/** Each path with its operations. */
export interface Paths {
${routes.join('')}}
`
}

function routeType(operations: Record<string, Operation>): string {
  const members = Object.entries(operations).map(([method, operation]) =>
    member(method, operationType(operation), '    ', operation.summary),
  )
  return `{\n${members.join('')}  }`
}

function operationType({ parameters = [], requestBody, responses }: Operation): string {
  const places = (['query', 'header', 'path'] as const).flatMap((place) => {
    const here = parameters.filter((parameter) => parameter.in === place)
    if (here.length === 0) return []
    const isOptional = here.every((parameter) => parameter.required !== true)
    return [member(isOptional ? `${place}?` : place, parametersType(here), '        ')]
  })
  const answers = Object.entries(responses).map(([status, { content }]) =>
    content === undefined
      ? member(status, '{ content?: never }', '        ')
      : member(status, `{\n${contentType(content, '          ')}        }`, '        '),
  )
  const body =
    requestBody === undefined
      ? ''
      : member(
          requestBody.required === true ? 'requestBody' : 'requestBody?',
          `{\n${contentType(requestBody.content, '        ')}      }`,
          '      ',
        )
  const named = places.length === 0 ? 'Record<string, never>' : `{\n${places.join('')}      }`
  return `{\n${member('parameters', named, '      ')}${body}      responses: {\n${answers.join('')}      }\n    }`
}

/** A query parameter may be `undefined`, so that callers need not build objects without it. */
function parametersType(parameters: readonly Parameter[]): string {
  const members = parameters.map(({ name, required, schema, description }) => {
    const type = schemaType(schema, '          ')
    return required === true
      ? member(name, type, '          ', description)
      : member(`${name}?`, `${type} | undefined`, '          ', description)
  })
  return `{\n${members.join('')}        }`
}

function contentType(content: Content, indent: string): string {
  const members = Object.entries(content).map(([mediaType, { schema = {} }]) =>
    member(mediaType, schemaType(schema, `${indent}  `), `${indent}  `),
  )
  return `${indent}content: {\n${members.join('')}${indent}}\n`
}
