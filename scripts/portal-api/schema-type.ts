/** A JSON Schema with the keywords that docs/openapi.json uses. */
export interface Schema {
  $ref?: string
  type?: string | string[]
  enum?: readonly unknown[]
  const?: unknown
  anyOf?: readonly Schema[]
  oneOf?: readonly Schema[]
  allOf?: readonly Schema[]
  items?: Schema
  properties?: Record<string, Schema>
  required?: readonly string[]
  additionalProperties?: boolean | Schema
  description?: string
}

/**
 * The TypeScript type of a schema, as text; nested lines are indented from `indent`.
 *
 * @throws Error for a type that the API does not use.
 */
export function schemaType(schema: Schema, indent = ''): string {
  if (schema.$ref !== undefined) return `Schemas['${schema.$ref.split('/').at(-1)}']`
  if (schema.const !== undefined) return literal(schema.const)
  if (schema.enum !== undefined) return schema.enum.map(literal).join(' | ')
  const choices = schema.anyOf ?? schema.oneOf
  if (choices !== undefined) return [...new Set(choices.map((choice) => schemaType(choice, indent)))].join(' | ')
  if (schema.allOf !== undefined) return schema.allOf.map((part) => inBrackets(schemaType(part, indent))).join(' & ')
  if (Array.isArray(schema.type)) return schema.type.map((type) => schemaType({ ...schema, type }, indent)).join(' | ')
  switch (schema.type) {
    case undefined:
      return schema.properties === undefined ? 'unknown' : objectType(schema, indent)
    case 'object':
      return objectType(schema, indent)
    case 'array':
      return `${inBrackets(schemaType(schema.items ?? {}, indent))}[]`
    case 'integer':
    case 'number':
      return 'number'
    case 'string':
    case 'boolean':
    case 'null':
      return schema.type
    default:
      throw new Error(`no TypeScript type for the schema type ${schema.type}`)
  }
}

/** One member of an object type with its description, as lines that begin with `indent`. */
export function member(name: string, type: string, indent: string, description?: string): string {
  const key = /^([A-Za-z_$][\w$]*|\d+)\??$/.test(name) ? name : quotedKey(name)
  const comment = description === undefined ? '' : `${indent}/** ${description.replaceAll('*/', '*\\/')} */\n`
  return `${comment}${indent}${key}: ${type}\n`
}

function quotedKey(name: string): string {
  return name.endsWith('?') ? `${literal(name.slice(0, -1))}?` : literal(name)
}

function objectType({ properties = {}, required = [], additionalProperties }: Schema, indent: string): string {
  const names = Object.keys(properties)
  if (names.length === 0) {
    if (additionalProperties === false) return 'Record<string, never>'
    const values = typeof additionalProperties === 'object' ? schemaType(additionalProperties, indent) : 'unknown'
    return `Record<string, ${values}>`
  }
  const inner = `${indent}  `
  const members = Object.entries(properties).map(([name, schema]) =>
    member(required.includes(name) ? name : `${name}?`, schemaType(schema, inner), inner, schema.description),
  )
  return `{\n${members.join('')}${indent}}`
}

function literal(value: unknown): string {
  return typeof value === 'string' ? `'${value.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'` : JSON.stringify(value)
}

function inBrackets(type: string): string {
  return /^[\w.]+(\['\w+'\])?$/.test(type) || /^\{[\s\S]*\}$/.test(type) ? type : `(${type})`
}
