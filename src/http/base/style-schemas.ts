import { Type } from '@fastify/type-provider-typebox'
import { invalidFields } from '#lib/errors.ts'
import { checkParameters, type StyleParameters } from '#styles/style-parameters.ts'

/** The parameters of a custom style as a client sends them; `checkGivenParameters` checks what is within. */
export const GivenParameters = Type.Unsafe<StyleParameters>({
  type: 'object',
  additionalProperties: true,
  properties: {
    colors: { type: 'object', additionalProperties: true, description: 'Colour slot to #rrggbb' },
    settings: {
      type: 'object',
      additionalProperties: true,
      description: 'As the parameters of the style document, and iconSet, soundingOpacity, areaBoundaries',
    },
  },
  description: 'Unknown keys are kept. At most 64 KiB',
})

/** @throws AppError VALIDATION_FAILED (400) that names the wrong fields of the body's `parameters`. */
export function checkGivenParameters(parameters: StyleParameters): void {
  const [first, ...others] = checkParameters(parameters).map(({ field, message }) => ({ field: `/parameters${field}`, message }))
  if (first !== undefined) throw invalidFields('body', [first, ...others])
}
