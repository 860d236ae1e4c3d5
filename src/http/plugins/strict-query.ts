import { invalidFields } from '#lib/errors.ts'
import type { App } from '../base/app.ts'

/**
 * Turns the texts of query parameters into the types their schema declares, and nothing more: what is not exactly a whole number, or
 * exactly `true` or `false`, stays a text and fails the validation that follows. Fastify's own coercion is off: it would take `1` for true,
 * `1e2` for 100 and an empty text for 0, in bodies too. A parameter that is given twice is refused with its own message: it arrives as a
 * list, of which the validation would only say that it is not a text or a number.
 */
export function strictQuery(app: App): void {
  app.addHook('onRoute', (route) => {
    const types = declaredTypes(route.schema?.querystring)
    if (types.size === 0) return
    const before = route.preValidation === undefined ? [] : [route.preValidation].flat()
    route.preValidation = [
      async (request) => {
        const query = request.query as Record<string, unknown>
        const repeated = [...types.keys()].filter((name) => Array.isArray(query[name]))
        const [first, ...more] = repeated.map((field) => ({ field, message: 'must be given only once' }))
        if (first !== undefined) throw invalidFields('query', [first, ...more])
        for (const [name, type] of types) {
          const value = query[name]
          if (typeof value === 'string') query[name] = convert(value, type)
        }
      },
      ...before,
    ]
  })
}

/** The parameters of a route that are one value each, with their types. */
function declaredTypes(schema: unknown): Map<string, unknown> {
  const types = new Map<string, unknown>()
  const properties = (schema as { properties?: Record<string, { type?: unknown }> } | undefined)?.properties ?? {}
  for (const [name, property] of Object.entries(properties)) {
    if (property.type !== 'array') types.set(name, property.type)
  }
  return types
}

function convert(text: string, type: unknown): unknown {
  if (type === 'boolean') return text === 'true' ? true : text === 'false' ? false : text
  return type === 'integer' && /^-?\d+$/.test(text) ? Number(text) : text
}
