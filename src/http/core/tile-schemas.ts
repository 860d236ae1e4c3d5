import { Type } from '@fastify/type-provider-typebox'

/** The address of a tile in a path. */
export const Address = Type.Object({
  z: Type.String({ description: 'Zoom' }),
  x: Type.String({ description: 'Column, from west' }),
  y: Type.String({ description: 'Row, from north' }),
})

const FEATURE_COLLECTION = Type.Unsafe<unknown>({
  type: 'object',
  required: ['type', 'features'],
  properties: {
    type: { type: 'string', const: 'FeatureCollection', description: 'The type of GeoJSON' },
    features: { type: 'array', items: { type: 'object', additionalProperties: true }, description: 'Features of GeoJSON' },
  },
})

/** An answer with a tile, for the description of a route: GeoJSON as JSON, any other type as bytes. */
export function tileContent(type: string, description: string) {
  const schema = type === 'application/json' ? FEATURE_COLLECTION : Type.Unsafe<unknown>({ type: 'string', format: 'binary' })
  return { description, content: { [type]: { schema } } }
}
