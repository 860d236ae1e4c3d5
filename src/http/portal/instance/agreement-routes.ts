import { Type } from '@fastify/type-provider-typebox'
import type { NoaaAgreement } from '#charts/refresh/noaa-agreement.ts'
import { principalOf } from '#http/auth/auth.ts'
import type { App } from '#http/base/app.ts'
import { nullable, problems, timeWhen } from '#http/base/schemas.ts'

const TAGS = ['Server']
const URL = '/api/portal/v1/agreements/noaa'

const AgreementSchema = Type.Object(
  {
    acceptedAt: nullable(timeWhen('when the terms were accepted; null while no one has')),
    acceptedBy: nullable(Type.String({ description: 'User name, as it was then; null while no one has accepted' })),
  },
  { title: 'Agreement', description: 'Both are null while no one has accepted' },
)

/** The agreement to the terms of NOAA's charts. It informs users; no refresh asks for it. */
export function agreementRoutes(app: App, { noaaAgreement }: { noaaAgreement: NoaaAgreement }): void {
  app.get(
    URL,
    {
      config: { auth: 'any' },
      schema: {
        tags: TAGS,
        operationId: 'getNoaaAgreement',
        summary: "Who accepted the terms of NOAA's charts, and when",
        description: 'For the portal, which shows the terms before the first refresh. No request of this API depends on it.',
        response: { 200: AgreementSchema, ...problems(401) },
      },
    },
    async () => (await noaaAgreement.get()) ?? { acceptedAt: null, acceptedBy: null },
  )

  app.post(
    URL,
    {
      config: { auth: 'admin' },
      schema: {
        tags: TAGS,
        operationId: 'acceptNoaaAgreement',
        summary: "Accept the terms of NOAA's charts",
        description: 'For administrators. The first acceptance is kept. A refresh through the API does not need it.',
        body: Type.Object({
          accepted: Type.Unsafe<true>({
            type: 'boolean',
            enum: [true],
            description: 'Always true: an acceptance is not withdrawn',
          }),
        }),
        response: { 200: AgreementSchema, ...problems(400, 401, 403) },
      },
    },
    async (request) => await noaaAgreement.accept(principalOf(request).user.username),
  )
}
