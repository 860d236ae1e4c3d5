import { Type } from '@fastify/type-provider-typebox'
import { nullable } from '../base/schemas.ts'

const DEPTH = 'Metres below the datum of the chart, negative above it'
const Metres = (description: string) => Type.Number({ description: `Metres ${description}` })

const CHART = {
  cell: Type.String({ description: 'The name of the cell' }),
  edition: Type.Integer({ description: 'Edition of the cell' }),
  update: Type.Integer({ description: 'The last update that is applied; 0 for the edition itself' }),
  scale: Type.Integer({ description: 'Denominator of the compilation scale' }),
}

const Source = Type.Object(
  {
    ...CHART,
    quality: nullable(
      Type.String({ description: 'Of the survey, in words; the worst within the distance. Null when the chart states none' }),
    ),
  },
  { title: 'DepthSource', description: 'The chart that a depth comes from' },
)

const Sample = Type.Object(
  {
    distance: Metres('along the line to where the stretch begins'),
    until: Metres('along the line to where the stretch ends'),
    position: Type.Array(Type.Number(), { description: 'Longitude, latitude of where it begins' }),
    shoalest: nullable(
      Type.Number({ description: `The least depth within the distance. ${DEPTH}; null where no chart gives a depth` }),
    ),
    deepest: nullable(
      Type.Number({
        description: `The greatest depth that areas within the distance allow. ${DEPTH}; null where one of them states none`,
      }),
    ),
    unknowns: Type.Array(Type.String({ enum: ['land', 'unsurveyed', 'structure', 'depth', 'danger'] }), {
      description: 'What lies within the distance without a known depth; `shoalest` leaves it out',
    }),
    source: nullable(Source),
  },
  { title: 'DepthSample', description: 'A stretch of the line with everything within the distance of it' },
)

const Danger = Type.Object(
  {
    id: Type.String({ description: 'UUID of the feature, the same in every edition of the cell' }),
    layerId: Type.String({ description: 'S-57 object class, such as WRECKS' }),
    words: Type.String({ description: 'A sentence about it, for people' }),
    position: Type.Array(Type.Number(), { description: 'Longitude, latitude of its point nearest to the line' }),
    distance: Metres('along the line to the place nearest to it'),
    offset: Metres('from there to the danger'),
    depth: nullable(Type.Number({ description: `Over the danger. ${DEPTH}; null when the chart gives none` })),
    source: Type.Object(CHART, { title: 'DangerSource', description: 'The chart that shows the danger' }),
  },
  { title: 'DepthDanger', description: 'A wreck, rock or obstruction within the distance' },
)

const Gap = Type.Object(
  {
    from: Metres('along the line to where it begins'),
    to: Metres('along the line to where it ends'),
    reason: Type.String({
      enum: ['noChart', 'land', 'unsurveyed', 'structure', 'noDepth'],
      description:
        'noChart: no chart covers it; structure: a pontoon, hulk or floating dock; noDepth: charted water without a depth',
    }),
  },
  { title: 'DepthGap', description: 'A part of the line without a depth' },
)

/** The answer of `POST /api/v1/depth_query`. */
export const DepthProfileSchema = Type.Object(
  {
    length: Metres('from the beginning of the line to its end; 0 for a position'),
    samples: Type.Array(Sample, { description: 'Consecutive stretches of the line; at least one' }),
    dangers: Type.Array(Danger, { description: 'Along the line, at most 1,000' }),
    gaps: Type.Array(Gap, { description: 'Along the line; empty when all of it has a depth' }),
    shoalest: nullable(
      Type.Object(
        {
          depth: Type.Number({ description: DEPTH }),
          distance: Metres('along the line to where its stretch begins'),
          position: Type.Array(Type.Number(), { description: 'Longitude, latitude of where that stretch begins' }),
          source: nullable(Source),
        },
        { title: 'ShoalestDepth', description: 'The least depth of the whole line; null when no chart gives one' },
      ),
    ),
    truncated: Type.Optional(Type.Literal(true, { description: 'Only when dangers beyond the first 1,000 were left out' })),
  },
  { title: 'DepthProfile', description: 'The charted depths along a line, or at a position' },
)
