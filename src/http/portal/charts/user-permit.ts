import { Type } from '@fastify/type-provider-typebox'
import type { Uploads } from '#charts/uploads/uploads.ts'
import type { App } from '#http/base/app.ts'
import { problems } from '#http/base/schemas.ts'
import { AppError } from '#lib/errors.ts'
import { CHART_TAGS, CHARTS_URL } from './chart-schemas.ts'

/** Get Permit: the S-63 user permit of this server. */
export function userPermitRoute(app: App, { uploads }: { uploads: Uploads }): void {
  app.get(
    `${CHARTS_URL}/getPermit`,
    {
      config: { auth: 'any' },
      schema: {
        tags: CHART_TAGS,
        operationId: 'getUserPermit',
        summary: 'The S-63 user permit of this server',
        description:
          'A chart distributor needs it to encrypt charts for this server. 404 PERMIT_NOT_FOUND while the operator has given the server no S-63 identity.',
        response: {
          200: Type.Object({ permitId: Type.String({ description: 'The user permit of S-63: 28 characters' }) }),
          ...problems(401, 404),
        },
      },
    },
    async () => {
      if (uploads.userPermit === null) {
        throw new AppError(
          'PERMIT_NOT_FOUND',
          'This server has no S-63 identity: its operator must set S63_MANUFACTURER_ID, S63_MANUFACTURER_KEY and S63_HARDWARE_ID.',
        )
      }
      return { permitId: uploads.userPermit }
    },
  )
}
