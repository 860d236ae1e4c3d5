import { readFileSync } from 'node:fs'
import path from 'node:path'
import { type FaultServer, isServerFault, type RawAnswer } from './fault-server.ts'

/** What the cases need to know about a JSON schema. */
export interface Schema {
  type?: string | string[]
  properties?: Record<string, Schema>
  required?: string[]
  items?: Schema
  enum?: unknown[]
  format?: string
  minimum?: number
  maximum?: number
  minLength?: number
  maxLength?: number
}

interface Operation {
  parameters?: { name: string; in: string; required?: boolean; schema?: Schema }[]
  requestBody?: { content: Record<string, { schema?: Schema }> }
}

/** A route of docs/openapi.json. */
export interface Route {
  method: string
  /** With its parameters in braces. */
  path: string
  parameters: { name: string; in: string; required?: boolean; schema: Schema }[]
  /** Of a JSON body; null for a route without one. */
  body: Schema | null
}

/** Ends the session that the walk needs, or locks it out. */
const LEFT_OUT = new Set(['POST /api/portal/v1/auth/logout', 'POST /api/portal/v1/user/passwordChange'])

/** Every route of the API, without those that would end the caller's session. */
export function routes(): Route[] {
  const file = path.resolve(import.meta.dirname, '../../docs/openapi.json')
  const { paths } = JSON.parse(readFileSync(file, 'utf8')) as { paths: Record<string, Record<string, Operation>> }
  return Object.entries(paths).flatMap(([route, methods]) =>
    Object.entries(methods)
      .map(([method, { parameters = [], requestBody }]) => ({
        method: method.toUpperCase(),
        path: route,
        parameters: parameters.map((each) => ({ ...each, schema: each.schema ?? {} })),
        body: requestBody?.content['application/json']?.schema ?? null,
      }))
      .filter(({ method }) => !LEFT_OUT.has(`${method} ${route}`)),
  )
}

/** A harmless value for each parameter of a path. */
const USUAL: Record<string, string> = { z: '3', x: '1', y: '1', id: '1', name: 'XX5SAMPL', file: 'A.TXT' }

/** The path of a route with its parameters filled in, percent-encoded as they are to be sent. */
export function fill(route: Route, values: Readonly<Record<string, string>> = {}): string {
  return route.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => values[name] ?? USUAL[name] ?? '1')
}

/** A request of a walk. */
export interface WalkRequest {
  method: string
  target: string
  body?: string
}

/** Requests with each value in each parameter of each path, in each query parameter, and in an unknown one. */
export function inAddresses(encodedValues: readonly string[]): WalkRequest[] {
  return routes().flatMap((route) => {
    const targets = encodedValues.flatMap((value) => [
      ...[...route.path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => fill(route, { [name]: value })),
      ...route.parameters.filter((each) => each.in === 'query').map(({ name }) => `${fill(route)}?${name}=${value}`),
      `${fill(route)}?unknown=${value}`,
      `${fill(route)}?token=${value}`,
      `${fill(route)}/${value}`,
    ])
    return [...new Set(targets)].map((target) => ({ method: route.method, target, ...plainBody(route) }))
  })
}

/** Each query parameter of each route twice, with the same and with another value. */
export function repeatedParameters(): WalkRequest[] {
  return routes().flatMap((route) =>
    route.parameters
      .filter((each) => each.in === 'query')
      .flatMap(({ name }) => [`${name}=1&${name}=1`, `${name}=1&${name}=x`, `${name}[]=1&${name}[a]=2`])
      .map((query) => ({ method: route.method, target: `${fill(route)}?${query}`, ...plainBody(route) })),
  )
}

/** Requests with each JSON text in place of each text of each body, and of the whole body. */
export function inBodies(jsonValues: readonly string[]): WalkRequest[] {
  return routes().flatMap((route) => {
    const { body } = route
    if (body === null) return []
    const names = Object.keys(body.properties ?? {})
    const bodies = jsonValues.flatMap((value) => [
      value,
      ...names.map(
        (changed) =>
          `{${names.map((name) => `${JSON.stringify(name)}:${name === changed ? value : usualValue(name)}`).join(',')}}`,
      ),
    ])
    return bodies.map((text) => ({ method: route.method, target: fill(route), body: text }))
  })
}

function usualValue(name: string): string {
  if (name === 'position') return '{"longitude":-30,"latitude":40}'
  if (name === 'restrictions') return '{"hosts":[]}'
  if (name === 'radius' || name === 'zoom') return '10'
  return '"usual"'
}

function plainBody(route: Route): { body?: string } {
  if (route.body === null) return {}
  const names = Object.keys(route.body.properties ?? {})
  return { body: `{${names.map((name) => `${JSON.stringify(name)}:${usualValue(name)}`).join(',')}}` }
}

/** Sends all of them, several at once. @returns those that the server answered with a fault, with the response. */
export async function walk(server: FaultServer, requests: readonly WalkRequest[]): Promise<string[]> {
  const faults: string[] = []
  const queue = [...requests]
  await Promise.all(
    Array.from({ length: 8 }, async () => {
      for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
        const { method, target, body } = next
        const headers: Record<string, string> = body === undefined ? {} : { 'content-type': 'application/json' }
        const answer = await server.send(method, target, { body, headers }).catch((error: Error) => error)
        const fault = faultOf(answer)
        if (fault !== null) faults.push(`${method} ${target.slice(0, 120)} ${body?.slice(0, 80) ?? ''}: ${fault}`)
      }
    }),
  )
  return faults
}

function faultOf(answer: RawAnswer | Error): string | null {
  if (answer instanceof Error) return answer.message
  return isServerFault(answer) ? String(answer.status) : null
}

/** The first faults and how many there are, for a report. */
export function summarize(faults: readonly string[]): string[] {
  return faults.length === 0 ? [] : [`${faults.length} faults: ${faults.slice(0, 4).join('; ')}`]
}
