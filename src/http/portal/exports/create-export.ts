import type { PackEstimate } from '#exports/estimate-pack.ts'
import { packFileName } from '#exports/export-record.ts'
import type { Exports } from '#exports/exports.ts'
import { principalOf } from '#http/auth/auth.ts'
import type { App } from '#http/base/app.ts'
import { clientGone } from '#http/base/client-gone.ts'
import type { JobsService } from '#http/base/jobs-service.ts'
import { problems } from '#http/base/schemas.ts'
import { startedByUser } from '#jobs/model/starter.ts'
import { newId } from '#lib/ids.ts'
import type { DiskReserve } from '../../uploads/disk-reserve.ts'
import { EstimateSchema, EXPORT_TAGS, EXPORTS_URL, ExportSchema, PackBody, packSpecOf } from './export-schemas.ts'

export interface CreateExportOptions {
  exports: Exports
  jobs: JobsService
  disk: DiskReserve
}

/** Estimates and creates offline packs. */
export function createExportRoutes(app: App, { exports, jobs, disk }: CreateExportOptions): void {
  app.post(
    `${EXPORTS_URL}/estimate`,
    {
      config: { auth: 'any', work: 'query' },
      schema: {
        tags: EXPORT_TAGS,
        operationId: 'estimateExport',
        summary: 'Estimate an offline pack before it is made',
        description:
          'Counts tiles and charts, and draws some of the tiles to estimate the size and the time, which takes a few seconds. 400 EXPORT_TOO_LARGE when there are more tiles than the operator allows.',
        body: PackBody,
        response: { 200: EstimateSchema, ...problems(400, 401, 404, 503) },
      },
    },
    async (request, reply) => {
      const accountId = principalOf(request).user.account.id
      const spec = packSpecOf(request.body)
      await exports.check(accountId, spec)
      const estimate = await exports.estimate(accountId, spec, clientGone(reply))
      return { ...estimate, fits: await disk.hasRoom(neededBytes(estimate)) }
    },
  )

  app.post(
    EXPORTS_URL,
    {
      config: { auth: 'any', work: 'query' },
      schema: {
        tags: EXPORT_TAGS,
        operationId: 'createExport',
        summary: 'Make an offline pack',
        description:
          'A job draws the tiles and writes a zip with styles, sprites and glyphs; with PMTiles also a page that shows the chart without a network.',
        body: PackBody,
        response: { 200: ExportSchema, ...problems(400, 401, 404, 503, 507) },
      },
    },
    async (request, reply) => {
      const { user } = principalOf(request)
      const { userId, username, account } = user
      const spec = packSpecOf(request.body)
      const mostTiles = await exports.check(account.id, spec)
      await disk.requireRoom(neededBytes(await exports.estimate(account.id, spec, clientGone(reply))))
      const id = newId()
      const given = { id, accountId: account.id, userId, creator: username, spec, mostTiles }
      const parameters = { exportId: id, filename: packFileName(spec) }
      const job = { jobType: 'export-charts', accountId: account.id, parameters, startedBy: startedByUser(user) }
      await jobs.create(job, async (trx, jobId) => await exports.insert(trx, jobId, given))
      return await exports.get(account.id, id)
    },
  )
}

/** The archive and the zip that holds it exist side by side for a moment. */
function neededBytes({ bytes }: PackEstimate): number {
  return 2 * bytes
}
