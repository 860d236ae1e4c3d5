import { Type } from '@fastify/type-provider-typebox'
import { AppError } from '#lib/errors.ts'

/** The name of a sprite's file, as a parameter of a route. */
export const SpriteFile = Type.String({ description: 'Such as day.json, night@2x.png' })

/** The answer 200 of a route that sends a sprite: its list of symbols or its picture. */
export const SPRITE_RESPONSE = {
  description: 'The file',
  content: {
    'application/json': { schema: Type.Unsafe<unknown>({ type: 'object' }) },
    'image/png': { schema: Type.Unsafe<unknown>({ type: 'string', format: 'binary' }) },
  },
}

/** The content type of the list of symbols. */
export const SPRITE_LIST_TYPE = 'application/json; charset=utf-8'

export function noSprite(): AppError {
  return new AppError(
    'STATIC_NOT_FOUND',
    'There is no such sprite. There are day, dusk and night, each as .json, .png, @2x.json and @2x.png.',
  )
}
