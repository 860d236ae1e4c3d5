import assert from 'node:assert/strict'
import { setTimeout as sleep } from 'node:timers/promises'

/** What was sent to an operation, and what it answered. */
export interface Exchange {
  path?: Record<string, string | number>
  query?: Record<string, string | number>
  body?: unknown
  /** Left out for an answer that is not JSON. */
  answer?: unknown
}

export interface CallOptions extends Exchange {
  /** Default: the session of the administrator. Null: none. */
  token?: string | null
  form?: FormData
}

export interface Walk {
  url: string
  session: string
  /** By operationId, the first call of each operation. */
  exchanges: Map<string, Exchange>
  /** Calls an operation of the API description. @returns its answer, which must be a success. */
  call<T = Record<string, never>>(operationId: string, options?: CallOptions): Promise<T>
  /** Waits until no job is pending or running. */
  rest(): Promise<void>
}

interface Described {
  paths: Record<string, Record<string, { operationId: string; responses: Record<string, { content?: object }> }>>
}

/** Begins to call the operations of a server, each by its name in the API description. */
export async function startWalk(url: string): Promise<Walk> {
  const described = (await (await fetch(`${url}/api/openapi.json`)).json()) as Described
  const operations = new Map(
    Object.entries(described.paths).flatMap(([template, methods]) =>
      Object.entries(methods).map(([method, operation]) => [operation.operationId, { ...operation, method, template }] as const),
    ),
  )
  const walk: Walk = {
    url,
    session: '',
    exchanges: new Map(),
    async call<T>(operationId: string, { token = walk.session, form, ...sent }: CallOptions = {}) {
      const operation = operations.get(operationId)
      assert.ok(operation, `there is no operation ${operationId}`)
      const response = await fetch(url + targetOf(operation.template, sent), {
        method: operation.method,
        headers: {
          ...(token === null || token === '' ? {} : { authorization: `Bearer ${token}` }),
          ...(sent.body === undefined ? {} : { 'content-type': 'application/json' }),
          accept: 'application/json',
        },
        ...(form === undefined ? {} : { body: form }),
        ...(sent.body === undefined ? {} : { body: JSON.stringify(sent.body) }),
      })
      const text = await response.text()
      assert.ok(response.ok && String(response.status) in operation.responses, `${operationId}: ${response.status} ${text}`)
      const [type = ''] = (response.headers.get('content-type') ?? '').split(';')
      const { content = {} } = operation.responses[String(response.status)] ?? {}
      const isDescribed = type in content || '*/*' in content || (type === '' && Object.keys(content).length === 0)
      assert.ok(isDescribed, `${operationId}: ${type} is not described`)
      const isJson = type === 'application/json'
      const answer: unknown = isJson ? JSON.parse(text) : undefined
      if (!walk.exchanges.has(operationId))
        walk.exchanges.set(operationId, { ...sent, ...(isJson ? { answer: structuredClone(answer) } : {}) })
      return answer as T
    },
    async rest() {
      for (let active = 1; active > 0; await sleep(100)) {
        const headers = { authorization: `Bearer ${walk.session}` }
        const response = await fetch(`${url}/api/portal/v1/jobs/getJobStatus`, { headers })
        active = ((await response.json()) as { activeJobs: number }).activeJobs
      }
    },
  }
  return walk
}

function targetOf(template: string, { path = {}, query = {} }: Exchange): string {
  const filled = template.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(path[name])))
  const search = new URLSearchParams(Object.entries(query).map(([name, value]): [string, string] => [name, String(value)]))
  return search.size === 0 ? filled : `${filled}?${search}`
}
