import { Type } from '@fastify/type-provider-typebox'
import { nullable } from '../base/schemas.ts'

const DEPTH = { description: 'Metres below the datum of the chart; negative above it' }
const Metres = (description: string) => Type.Number({ description })
const Position = Type.Array(Type.Number(), { description: 'Longitude, latitude' })

const CHART = {
  cell: Type.String(),
  edition: Type.Integer(),
  update: Type.Integer(),
  scale: Type.Integer({ description: 'Denominator of the compilation scale' }),
}

const Source = Type.Object(
  { ...CHART, quality: nullable(Type.String({ description: 'Of the survey, in words; the worst within the distance' })) },
  { title: 'DepthSource' },
)

const Sample = Type.Object(
  {
    distance: Metres('Along the line to where the stretch begins'),
    until: Metres('Along the line to where the stretch ends'),
    position: Position,
    shoalest: nullable(Type.Number(DEPTH)),
    deepest: nullable(Type.Number(DEPTH)),
    unknowns: Type.Array(Type.String({ enum: ['land', 'unsurveyed', 'structure', 'depth', 'danger'] }), {
      description: 'What lies within the distance without a known depth; `shoalest` leaves it out',
    }),
    source: nullable(Source),
  },
  { title: 'DepthSample', description: 'A stretch of the line with everything within the distance of it' },
)

const Danger = Type.Object(
  {
    id: Type.String(),
    layerId: Type.String({ description: 'S-57 object class' }),
    words: Type.String(),
    position: Position,
    distance: Metres('Along the line to the place nearest to it'),
    offset: Metres('From there to the danger'),
    depth: nullable(Type.Number(DEPTH)),
    source: Type.Object(CHART, { title: 'DangerSource' }),
  },
  { title: 'DepthDanger' },
)

const Gap = Type.Object(
  {
    from: Metres('Along the line'),
    to: Metres('Along the line'),
    reason: Type.String({ enum: ['noChart', 'land', 'unsurveyed', 'structure', 'noDepth'] }),
  },
  { title: 'DepthGap' },
)

/** The answer of `POST /api/v1/depth_query`. */
export const DepthProfileSchema = Type.Object(
  {
    length: Metres('Of the line'),
    samples: Type.Array(Sample),
    dangers: Type.Array(Danger),
    gaps: Type.Array(Gap),
    shoalest: nullable(
      Type.Object(
        { depth: Type.Number(DEPTH), distance: Type.Number(), position: Position, source: nullable(Source) },
        { title: 'ShoalestDepth' },
      ),
    ),
    truncated: Type.Optional(Type.Literal(true, { description: 'Only when dangers beyond the first 1,000 were left out' })),
  },
  { title: 'DepthProfile' },
)
