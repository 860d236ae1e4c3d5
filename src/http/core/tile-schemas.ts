import { Type } from '@fastify/type-provider-typebox'

/** The address of a tile in a path. */
export const Address = Type.Object({
  z: Type.String({ description: 'Zoom' }),
  x: Type.String({ description: 'Column, from west' }),
  y: Type.String({ description: 'Row, from north' }),
})

/** An answer of bytes, for the description of a route. */
export function binary(type: string, description: string) {
  return { description, content: { [type]: { schema: Type.Unsafe<unknown>({ type: 'string', format: 'binary' }) } } }
}
