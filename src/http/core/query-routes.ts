import { Type } from '@fastify/type-provider-typebox'
import type { Cells } from '#charts/cells/cells.ts'
import type { Tiles } from '#tiles/create-tiles.ts'
import { query } from '#tiles/products/query.ts'
import { principalOf } from '../auth/auth.ts'
import type { App } from '../base/app.ts'
import { clientGone } from '../base/client-gone.ts'
import { nullable, problems, TokenQuery, timeWhen } from '../base/schemas.ts'
import { cellCoverageRoute } from './cell-coverage.ts'
import { depthRoute } from './depth-route.ts'

const LARGEST_RADIUS = 50_000
/** That of the deepest vector tiles, for a client that gives none. */
const FINEST_ZOOM = 16

const AttributeTree = Type.Record(Type.String(), Type.Unknown(), {
  description: 'Attributes by name: texts, objects for complex attributes, arrays for repeated ones',
})

/** A feature with the names of S-101. */
const OriginalFeatureSchema = Type.Object(
  {
    featureType: Type.String({ description: 'Such as LateralBuoy' }),
    attributes: AttributeTree,
    information: Type.Optional(
      Type.Array(
        Type.Object({ featureType: Type.String({ description: 'Such as NauticalInformation' }), attributes: AttributeTree }),
        {
          description: 'The information types tied to it, such as texts and contact details',
        },
      ),
    ),
  },
  { description: 'Only in charts of S-101: the object in the terms of that standard' },
)

const FeatureSource = Type.Object(
  {
    cell: Type.String({ description: 'The name of the cell' }),
    edition: Type.Integer({ description: 'Edition of the cell' }),
    update: Type.Integer({ description: 'The last update that is applied; 0 for the edition itself' }),
    scale: Type.Integer({ description: 'Denominator of the compilation scale' }),
    issueDate: nullable(Type.String({ description: 'Date of issue, YYYY-MM-DD; null when the cell has none' })),
    updateDate: nullable(Type.String({ description: 'Update application date, YYYY-MM-DD; null when the cell has none' })),
  },
  { title: 'FeatureSource', description: 'Only with `describe`' },
)

/** Features near a position, depths along a line, cells with their coverage, and attributions. */
export function queryRoutes(app: App, options: { tiles: Tiles; cells: Cells }): void {
  featureQueryRoute(app, options)
  depthRoute(app, options)
  cellCoverageRoute(app, options)
  attributionRoute(app, options)
}

function featureQueryRoute(app: App, { tiles }: { tiles: Tiles }): void {
  app.post(
    '/api/v1/enc_query',
    {
      config: { auth: 'core', work: 'query' },
      schema: {
        tags: ['Query'],
        operationId: 'queryFeatures',
        summary: 'Chart features near a position, nearest first',
        description:
          'At most 1,000 features and 1 MiB, the nearest first; outlines of more than 2,500 positions only where the others leave room. Never M_NSYS, M_QUAL or M_NPUB; MAGVAR only where `classes` names it; DEPCNT and SOUNDG only above zoom 12.',
        querystring: TokenQuery,
        body: Type.Object({
          position: Type.Object(
            {
              longitude: Type.Number({ minimum: -180, maximum: 180, description: 'Degrees, WGS 84' }),
              latitude: Type.Number({ minimum: -85, maximum: 85, description: 'Degrees, WGS 84' }),
            },
            { description: 'The middle of the circle' },
          ),
          radius: Type.Number({ minimum: 0, maximum: LARGEST_RADIUS, description: 'Metres on the ellipsoid' }),
          zoom: Type.Number({
            minimum: query.zooms.shallowest,
            maximum: query.zooms.deepest,
            default: FINEST_ZOOM,
            description: 'Cells take precedence as in the tiles of this zoom; left out, the finest count',
          }),
          describe: Type.Optional(
            Type.Boolean({ description: 'Adds `words`, a sentence about the object, and `source`, the chart it comes from' }),
          ),
          classes: Type.Optional(
            Type.Array(Type.String({ maxLength: 12, description: 'Such as BOYLAT' }), {
              minItems: 1,
              maxItems: 100,
              description: 'Only objects of these classes; also magnetic variation (MAGVAR), which is left out otherwise',
            }),
          ),
        }),
        response: {
          200: Type.Object({
            results: Type.Array(
              Type.Object(
                {
                  id: Type.String({ description: 'UUID, the same in every edition of the cell' }),
                  parentId: Type.String({ description: 'UUID of the cell' }),
                  parentCellName: Type.String({ description: 'The name of the cell, such as US5GA20M' }),
                  layerId: Type.String({ description: 'S-57 object class, such as BOYLAT' }),
                  layerName: Type.String({ description: 'The object class in words, such as Buoy, lateral' }),
                  position: nullable(
                    Type.Array(Type.Number(), { description: 'Latitude, longitude; null unless it is a point' }),
                  ),
                  geometry: Type.Record(Type.String(), Type.Unknown(), {
                    description:
                      'GeoJSON, longitude first: the whole object, and of soundings those within the radius with their depths',
                  }),
                  attributes: Type.Object(
                    { objectName: Type.Optional(Type.String({ description: 'Its name (OBJNAM); left out when it has none' })) },
                    { description: 'Attributes under names of this API' },
                  ),
                  rawAttributes: Type.Record(Type.String(), Type.Unknown(), {
                    description: 'All attributes by their S-57 acronym in lower case, with the values of the chart',
                  }),
                  s101: Type.Optional(OriginalFeatureSchema),
                  bbox: Type.Array(Type.Array(Type.Number()), {
                    description: 'South-west and north-east corner, longitude first',
                  }),
                  words: Type.Optional(Type.String({ description: 'Only with `describe`' })),
                  source: Type.Optional(FeatureSource),
                },
                { title: 'ChartFeature', description: 'A charted object' },
              ),
              { description: 'The nearest first; one that holds the position is at distance 0' },
            ),
            truncated: Type.Optional(
              Type.Literal(true, { description: 'Only when features beyond the limit of 1 MiB were left out' }),
            ),
          }),
          ...problems(400, 401, 429, 503),
        },
      },
      // The answer is JSON text already; the serializer would parse it first.
      serializerCompiler: () => (data) => data as string,
    },
    async (request, reply) => {
      const { position, ...query } = request.body
      const accountId = principalOf(request).user.account.id
      const text = await tiles.query({ ...position, ...query }, accountId, clientGone(reply))
      reply.type('application/json; charset=utf-8')
      return await reply.send(Buffer.from(text) as never)
    },
  )
}

function attributionRoute(app: App, { tiles }: { tiles: Tiles }): void {
  app.get(
    '/api/v1/datasets/attributions',
    {
      config: { auth: 'none' },
      schema: {
        tags: ['Query'],
        operationId: 'listAttributions',
        summary: 'Sources of the data',
        description:
          'What a map must name: the producers of the charts on this server, and of the background. A TileJSON and a style contain the same as one line of HTML. Needs no token.',
        response: {
          200: Type.Array(
            Type.Object(
              {
                id: Type.String({
                  description: 'Stable name of the source: noaa-enc, usace-ienc, invented (charts of a demonstration) or basemap',
                }),
                shortDescription: Type.String({ description: 'For the corner of a map' }),
                longDescription: Type.String({ description: 'For a page about the map, in plain text' }),
                sourceUrl: Type.Optional(Type.String({ description: 'A page of the source; left out when there is none' })),
                dataSourcedAt: timeWhen('the newest date of issue of its data; 0 when this server has none of it'),
                dataProcessedAt: timeWhen('when its data was last indexed here; 0 when this server has none of it'),
              },
              { title: 'Attribution', description: 'A source of data that maps of this server must name' },
            ),
          ),
        },
      },
    },
    async () => await tiles.attributions(),
  )
}
