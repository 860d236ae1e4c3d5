import { Type } from '@fastify/type-provider-typebox'
import type { FastifyRequest } from 'fastify'
import type { Cells } from '#charts/cells/cells.ts'
import { AppError } from '#lib/errors.ts'
import { principalOf } from '../auth/auth.ts'
import type { App } from '../base/app.ts'
import { problems } from '../base/schemas.ts'
import { parseStyleQuery, StyleQuery } from '../core/style-query.ts'
import { type ChartResource, chartResources, toOldResource } from './chart-resources.ts'

const TAGS = ['SignalK']

const ChartSchema = Type.Object(
  {
    identifier: Type.String({ description: 'Its key in the list, such as enc-day' }),
    name: Type.String({ description: 'For people' }),
    description: Type.String({ description: 'What it is, for people' }),
    type: Type.Unsafe<ChartResource['type']>({
      type: 'string',
      enum: ['tilelayer', 'tileJSON', 'mapstyleJSON', 'WMTS'],
      description: 'What is at its address: tiles, a TileJSON, a style document or WMTS capabilities',
    }),
    url: Type.String({ description: 'Absolute; of a tilelayer with {z}, {x} and {y}' }),
    format: Type.Unsafe<ChartResource['format']>({
      type: 'string',
      enum: ['png', 'pbf'],
      description: 'Of the tiles: png for pictures, pbf for vector tiles',
    }),
    minzoom: Type.Integer({ minimum: 0, description: 'The shallowest zoom' }),
    maxzoom: Type.Integer({ minimum: 0, description: 'The deepest zoom' }),
    bounds: Type.Unsafe<ChartResource['bounds']>({
      type: 'array',
      items: { type: 'number' },
      description: 'West, south, east, north: around the cells that the caller sees',
    }),
    scale: Type.Integer({ description: 'Denominator of the finest compilation scale' }),
    layers: Type.Array(Type.String(), { description: 'For WMTS, the layer to request; otherwise empty' }),
  },
  { title: 'SignalKChart', description: 'A chart resource of SignalK, version 2' },
)
const OldChartSchema = Type.Object(
  {
    ...ChartSchema.properties,
    tilemapUrl: Type.String({ description: 'The same as url, under its older name' }),
    chartLayers: Type.Array(Type.String(), { description: 'The same as layers, under its older name' }),
  },
  { title: 'SignalKChartOld', description: 'A chart resource of SignalK, version 1' },
)

const DESCRIPTION =
  'For SignalK clients such as Freeboard-SK. The addresses are absolute and carry the parameters of the request: its token, and those of a style document.'

export interface SignalKOptions {
  cells: Pick<Cells, 'extent'>
  version: string
}

/** The charts as SignalK chart resources, in both versions of that API, and where they are. */
export function signalKRoutes(app: App, options: SignalKOptions): void {
  discoveryRoute(app, options)
  chartRoutes(app, options, { version: 2, schema: ChartSchema, suffix: '', show: (chart) => chart })
  chartRoutes(app, options, { version: 1, schema: OldChartSchema, suffix: 'Old', show: toOldResource })
}

interface ApiVersion {
  version: 1 | 2
  schema: typeof ChartSchema
  suffix: string
  show(chart: ChartResource): ChartResource
}

function chartRoutes(app: App, { cells }: SignalKOptions, { version, schema, suffix, show }: ApiVersion): void {
  const url = `/signalk/v${version}/api/resources/charts`
  // The addresses may hold the token.
  const config = { auth: 'core' as const, compress: false }

  async function list(request: FastifyRequest<{ Querystring: StyleQuery }>): Promise<Record<string, ChartResource>> {
    // Wrong parameters are refused here and not by every tile.
    parseStyleQuery(request.query)
    const extent = await cells.extent(principalOf(request).user.account.id)
    const charts = chartResources(app.clients.baseUrlOf(request.raw), givenParameters(request), extent)
    return Object.fromEntries(charts.map((chart) => [chart.identifier, show(chart)]))
  }

  app.get(
    url,
    {
      config,
      schema: {
        tags: TAGS,
        operationId: `listSignalKCharts${suffix}`,
        summary: `The charts as resources of SignalK version ${version}, by identifier`,
        description: DESCRIPTION,
        querystring: StyleQuery,
        response: { 200: Type.Record(Type.String(), schema), ...problems(400, 401) },
      },
    },
    async (request) => await list(request),
  )

  app.get(
    `${url}/:identifier`,
    {
      config,
      schema: {
        tags: TAGS,
        operationId: `getSignalKChart${suffix}`,
        summary: `One chart as a resource of SignalK version ${version}`,
        description: DESCRIPTION,
        params: Type.Object({ identifier: Type.String({ description: 'The identifier of the chart resource' }) }),
        querystring: StyleQuery,
        response: { 200: schema, ...problems(400, 401, 404) },
      },
    },
    async (request) => {
      const { identifier } = request.params
      const charts = new Map(Object.entries(await list(request)))
      const chart = charts.get(identifier)
      if (chart !== undefined) return chart
      const known = [...charts.keys()].join(', ')
      throw new AppError('CHART_NOT_FOUND', `There is no chart resource ${identifier.slice(0, 60)}; there are ${known}.`)
    },
  )
}

/** Where the resources are, for clients that are given only the address of the server (SignalK 1.7, discovery). */
function discoveryRoute(app: App, { version }: SignalKOptions): void {
  const endpoint = (of: string) =>
    Type.Object(
      {
        version: Type.String({ description: 'The version of the API, as 2.0.0' }),
        'signalk-http': Type.String({ description: 'Absolute address under which its resources are' }),
      },
      { description: `The API of SignalK ${of}` },
    )
  app.get(
    '/signalk',
    {
      config: { auth: 'none' },
      schema: {
        tags: TAGS,
        operationId: 'getSignalKEndpoints',
        summary: 'Where SignalK clients find the chart resources',
        description:
          'The discovery document of SignalK. This server has only chart resources: no vessel data, and no stream. Needs no token; the resources do.',
        response: {
          200: Type.Object({
            endpoints: Type.Object(
              { v1: endpoint('version 1'), v2: endpoint('version 2') },
              { description: 'Versions of the API that this server has' },
            ),
            server: Type.Object(
              {
                id: Type.String({ description: 'Always chartroom' }),
                version: Type.String({ description: 'The version of the server' }),
              },
              { description: 'The program that responds' },
            ),
          }),
        },
      },
    },
    async (request) => {
      const base = app.clients.baseUrlOf(request.raw)
      return {
        endpoints: {
          v1: { version: '1.0.0', 'signalk-http': `${base}/signalk/v1/api/` },
          v2: { version: '2.0.0', 'signalk-http': `${base}/signalk/v2/api/` },
        },
        server: { id: 'chartroom', version },
      }
    },
  )
}

/** The known parameters of the address, as it gave them. */
function givenParameters(request: FastifyRequest): URLSearchParams {
  const given = new URL(request.url, 'http://localhost').searchParams
  return new URLSearchParams([...given].filter(([name]) => name in StyleQuery.properties))
}
