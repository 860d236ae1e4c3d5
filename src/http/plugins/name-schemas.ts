import { isDeepStrictEqual } from 'node:util'

type Json = Record<string, unknown>

/** Members that hold values of an API, not schemas: a problem document in an example has a title too. */
const VALUES = new Set(['example', 'examples', 'default', 'enum', 'const'])

/**
 * Moves each schema with a title to `components.schemas`, under that title, and leaves a reference: generated types then have
 * names. A schema that also takes null becomes `anyOf` of the reference and null.
 *
 * @returns a copy of the OpenAPI document.
 * @throws Error when two different schemas have the same title.
 */
export function nameSchemas(document: Json): Json {
  const named = new Map<string, Json>()

  function visit(value: unknown): unknown {
    if (Array.isArray(value)) return value.map(visit)
    if (typeof value !== 'object' || value === null) return value
    const schema: Json = Object.fromEntries(
      Object.entries(value).map(([key, member]) => [key, VALUES.has(key) ? member : visit(member)]),
    )
    const { title, type } = schema
    if (typeof title !== 'string' || type === undefined) return schema
    const types = [type].flat()
    const own = { ...schema, type: types.find((each) => each !== 'null') }
    const known = named.get(title)
    if (known !== undefined && !isDeepStrictEqual(known, own)) throw new Error(`two schemas have the title ${title}`)
    named.set(title, own)
    const reference = { $ref: `#/components/schemas/${title}` }
    return types.includes('null') ? { anyOf: [reference, { type: 'null' }] } : reference
  }

  const components = document['components'] as Json
  // Those that are there have titles too.
  visit(components['schemas'])
  const paths = visit(document['paths'])
  const schemas = Object.fromEntries([...named].toSorted(([a], [b]) => (a < b ? -1 : 1)))
  return { ...document, components: { ...components, schemas }, paths }
}
