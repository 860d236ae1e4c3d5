import { Type } from '@fastify/type-provider-typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { UserReports } from '#reports/points/user-reports.ts'
import type { Tiles } from '#tiles/create-tiles.ts'
import { parseTileAddress } from '#tiles/parse-tile-address.ts'
import { reportData } from '#tiles/products/report-data.ts'
import { reports as reportTiles } from '#tiles/products/reports.ts'
import { principalOf } from '../../auth/auth.ts'
import type { App } from '../../base/app.ts'
import { clientGone } from '../../base/client-gone.ts'
import { problems, TokenQuery } from '../../base/schemas.ts'
import { sendTile } from '../send-tile.ts'
import { Address, tileContent } from '../tile-schemas.ts'
import { REPORT_TAGS, REPORTS_URL } from './report-schemas.ts'

export interface ReportTileOptions {
  tiles: Tiles
  reports: Pick<UserReports, 'activeSince'>
}

const config = { auth: 'core', work: 'tile', compress: false } as const

/** Tiles of the active reports, as vector tiles and as GeoJSON. */
export function reportTileRoutes(app: App, options: ReportTileOptions): void {
  app.get(
    `${REPORTS_URL}/tiles/:z/:x/:y.mvt`,
    {
      config,
      schema: {
        tags: REPORT_TAGS,
        operationId: 'getUserReportTile',
        summary: 'A vector tile of the active reports',
        description:
          'Layers `user_reports` (points) and `user_reported_bathymetry` (lines between soundings, on request); empty below zoom 11. Revalidate it each time, which its ETag makes cheap, so that the user’s own report shows at once.',
        params: Address,
        querystring: Type.Object({
          includeBathymetry: Type.Boolean({ default: false, description: 'Lines between soundings too' }),
          ...TokenQuery.properties,
        }),
        response: { 200: tileContent(reportTiles.contentType, 'The tile'), ...problems(400, 401, 503) },
      },
    },
    async (request, reply) => {
      const { includeBathymetry } = request.query
      return await answerTile(request, reply, options, { name: 'reports', params: request.params, includeBathymetry })
    },
  )

  app.get(
    `${REPORTS_URL}/tiles/:z/:x/:y.json`,
    {
      config,
      schema: {
        tags: REPORT_TAGS,
        operationId: 'getUserReportDataTile',
        summary: 'The active reports of a tile as GeoJSON',
        description:
          'Points with type, votes, label and the properties that were sent; at most 1,000, the newest ones. Never soundings.',
        params: Address,
        querystring: TokenQuery,
        response: { 200: tileContent('application/json', 'A FeatureCollection'), ...problems(400, 401, 503) },
      },
    },
    async (request, reply) =>
      await answerTile(request, reply, options, { name: 'reportData', params: request.params, includeBathymetry: false }),
  )
}

interface ReportTile {
  name: 'reports' | 'reportData'
  params: { z: string; x: string; y: string }
  includeBathymetry: boolean
}

async function answerTile(
  request: FastifyRequest,
  reply: FastifyReply,
  { tiles, reports }: ReportTileOptions,
  { name, params, includeBathymetry }: ReportTile,
): Promise<unknown> {
  const tile = parseTileAddress(params, (name === 'reports' ? reportTiles : reportData).zooms)
  const { userId, account } = principalOf(request).user
  const wanted = { tile, userId, activeSince: reports.activeSince(), includeBathymetry }
  const signal = clientGone(reply)
  const answer = await tiles.tile(name, wanted, account.id, signal)
  // A client revalidates each time, so that it shows its own report at once; the ETag makes that cheap.
  return await sendTile(request, reply, answer, { signal, empty: Buffer.alloc(0), cacheControl: 'private, no-cache' })
}
