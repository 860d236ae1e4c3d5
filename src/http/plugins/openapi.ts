import swagger from '@fastify/swagger'
import { Type } from '@fastify/type-provider-typebox'
import type { FastifySchema } from 'fastify'
import type { AuthKind } from '../auth/auth.ts'
import type { App } from '../base/app.ts'
import { addExamples } from './add-examples.ts'
import { errorAnswers } from './error-answers.ts'
import { nameSchemas } from './name-schemas.ts'
import { formOf, optionalBodies } from './request-bodies.ts'

/** What every reader of the reference needs first. */
const INTRODUCTION = `A self-hosted nautical chart server. **Not for navigation.**

- **Portal API** (\`/api/portal/v1\`): users, tokens, uploads, styles, jobs and administration. **Core API** (all other paths under \`/api\`): tiles, style documents, queries and reports.
- **Tokens.** Log in, or create an API token, and send \`Authorization: Bearer <token>\`. On the Core API \`?token=<token>\` does too, for map libraries that cannot set headers. A session lasts until it is ended, an API token until it is deleted.
- **Times** of records are milliseconds since the Unix epoch; the \`timestamp\` of a log line is a text, dates of charts are \`YYYY-MM-DD\`.
- **Changes** are POST: what a body leaves out stays as it is. Creating answers 200, user reports and soundings 201.
- **Lists** that have pages say which \`limit\` was applied; unknown parameters are ignored, wrong values are 400.
- **Errors** are problem documents (RFC 9457). \`code\` is for programs and never changes; \`detail\` is for people.
- **Work on charts is a job.** What starts one answers at once; List Jobs, Get Job and the event stream say how it goes.`

const TAGS = [
  { name: 'Authentication', description: 'Sessions and passwords' },
  { name: 'API tokens', description: 'Long-lived tokens of an account' },
  { name: 'Charts', description: 'Uploads and what became of them, public charts, permits' },
  { name: 'Styles', description: 'Style documents, their symbols and glyphs, and custom styles' },
  { name: 'Jobs', description: 'Background work' },
  { name: 'Administration', description: 'Users, accounts and tokens of the whole server, for administrators' },
  { name: 'Tiles', description: 'The charts as vector tiles, pictures and GeoJSON' },
  { name: 'Query', description: 'What the charts say at a place or along a line, where there are charts, and whose they are' },
  { name: 'User reports', description: 'Located reports of users, votes on them, and crowdsourced soundings' },
  { name: 'Exports', description: 'Offline packs: a box of the charts in one file' },
  { name: 'Webhooks', description: 'Signed messages to other servers when jobs have ended' },
  { name: 'SignalK', description: 'Chart resources for SignalK clients' },
  {
    name: 'Cloud-style charts',
    description: 'Uploads, refreshes and jobs in the shapes of the cloud edition',
  },
  { name: 'Server', description: 'Health and description' },
]

/** Describes the API at `GET /api/openapi.json`, from the schemas that also check and write the answers. */
export function openapi(app: App, { version }: { version: string }): void {
  void app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Chartroom',
        description: INTRODUCTION,
        version,
        license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
      },
      tags: TAGS,
      components: {
        securitySchemes: {
          bearer: { type: 'http', scheme: 'bearer', description: 'A session token or an API token' },
          query: { type: 'apiKey', in: 'query', name: 'token', description: 'A token as a parameter, on the Core API only' },
        },
      },
    },
    refResolver: { buildLocalReference: (json, _base, _fragment, index) => String(json['$id'] ?? `schema-${index}`) },
    transformObject: (given) =>
      'openapiObject' in given ? addExamples(nameSchemas(optionalBodies({ ...given.openapiObject }))) : given.swaggerObject,
    transform: ({ schema, url, route }) => {
      const { auth, unrestricted = false, work } = route.config ?? {}
      const hasBody = schema?.body !== undefined
      const hasQuery = schema?.querystring !== undefined
      const errors = errorAnswers({ operationId: schema?.operationId ?? '', auth, unrestricted, work, hasBody, hasQuery })
      return { url, schema: { ...described(schema, errors), ...formOf(schema), security: securityOf(auth) } }
    },
  })

  void app.register(async (scope) => {
    scope.get(
      '/api/openapi.json',
      {
        config: { auth: 'none' },
        schema: {
          tags: ['Server'],
          operationId: 'getApiDescription',
          summary: 'This description',
          description:
            'OpenAPI 3.1 as JSON, the same for every caller and fixed for a version of the server: a generator of clients can keep it by `info.version`. Needs no token. `/api/docs` shows it to people.',
          response: { 200: Type.Object({}, { additionalProperties: true, description: 'An OpenAPI 3.1 document' }) },
        },
      },
      async () => app.swagger(),
    )
  })
}

/**
 * A member with a default is always set for the route, but a client may leave it out. Every response needs a description.
 * @param errors the error answers by status; they replace those that the route declares.
 */
function described(schema: FastifySchema | undefined, errors: Record<string, object>): FastifySchema {
  const described: FastifySchema = { ...schema }
  if (described.querystring !== undefined) described.querystring = asSent(described.querystring as ObjectSchema)
  if (described.body !== undefined) described.body = asSent(described.body as ObjectSchema)
  const answers = Object.entries((described.response ?? {}) as Record<string, Answer>)
  const own = answers.map(([status, answer]) => [status, describedAnswer(answer)])
  described.response = { ...Object.fromEntries(own), ...errors }
  return described
}

interface Answer {
  title?: string
  description?: string
}

/** A named schema keeps its own description: it is the same wherever it is used. */
function describedAnswer(answer: Answer): object {
  if (answer.title === undefined) return { ...answer, description: answer.description ?? 'Success' }
  return { description: 'Success', content: { 'application/json': { schema: answer } } }
}

interface ObjectSchema {
  required?: string[]
  properties?: Record<string, { default?: unknown }>
}

/** The schema of an object for those who send it. */
function asSent(schema: ObjectSchema): ObjectSchema {
  const { required, properties = {} } = schema
  if (required === undefined) return schema
  return { ...schema, required: required.filter((name) => properties[name]?.default === undefined) }
}

function securityOf(auth: AuthKind | undefined): Record<string, string[]>[] {
  if (auth === undefined || auth === 'none') return []
  // Either without or with a token.
  if (auth === 'optional') return [{}, { bearer: [] }]
  return auth === 'core' ? [{ bearer: [] }, { query: [] }] : [{ bearer: [] }]
}
