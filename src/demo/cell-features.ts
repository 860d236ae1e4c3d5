import type { Position } from '#s57/geometry.ts'
import type { AttributeSpec, FeatureSpec } from '#s57/writer/cell-spec.ts'
import { clipLine, clipRing, isInBox } from './clip-to-box.ts'
import { type CellPlan, COASTLINE } from './demo-cell-plans.ts'
import { cutBands, type HeightBand } from './height-bands.ts'
import { type Box, sampleHeights } from './height-grid.ts'
import type { SceneObject } from './scene-object.ts'
import { soundings } from './sea-floor.ts'

/** Returns the features of a cell: its coverage, the ground, the soundings, and the objects of the scene within it. */
export function cellFeatures(plan: CellPlan, scene: readonly SceneObject[], seed: number): FeatureSpec[] {
  const bands = cutBands(sampleHeights(plan.box, plan.columns, plan.rows, plan.levels), plan.levels)
  return [
    ...metaFeatures(plan),
    ...bands.flatMap((band) => groundFeatures(band, plan)),
    ...soundings(plan.box, plan.soundingSpacing, seed).map((coordinates): FeatureSpec => {
      return { objectClass: 'SOUNDG', geometry: { type: 'MultiPoint', coordinates } }
    }),
    ...sceneFeatures(scene, plan),
  ]
}

function metaFeatures({ box }: CellPlan): FeatureSpec[] {
  const whole = (objectClass: string, attributes: AttributeSpec): FeatureSpec => {
    return { objectClass, attributes, geometry: { type: 'Polygon', coordinates: [boxRing(box)] } }
  }
  return [whole('M_COVR', { CATCOV: 1 }), whole('M_NSYS', { MARSYS: 1 }), whole('M_QUAL', { CATZOC: 3 })]
}

/** Returns the closed ring of a box, counter-clockwise from the south-west. */
export function boxRing([west, south, east, north]: Box): Position[] {
  return [
    [west, south],
    [east, south],
    [east, north],
    [west, north],
    [west, south],
  ]
}

/** Land or a depth area, and the coastline or contour at its foot. */
function groundFeatures({ low, high, polygons, contours }: HeightBand, { deepest, levels }: CellPlan): FeatureSpec[] {
  const isLand = low === COASTLINE
  // Where no drying height is charted the shallowest band begins at 0.
  const shallowest = levels.includes(0) ? -COASTLINE : 0
  const depths = { DRVAL1: high === COASTLINE ? shallowest : -(high ?? 0) || 0, DRVAL2: low === null ? deepest : -low || 0 }
  return [
    ...polygons.map((coordinates): FeatureSpec => {
      const geometry = { type: 'Polygon' as const, coordinates }
      return isLand ? { objectClass: 'LNDARE', geometry } : { objectClass: 'DEPARE', attributes: depths, geometry }
    }),
    ...contours.map((coordinates): FeatureSpec => {
      const geometry = { type: 'LineString' as const, coordinates }
      return isLand
        ? { objectClass: 'COALNE', geometry }
        : { objectClass: 'DEPCNT', attributes: { VALDCO: -(low ?? 0) || 0 }, geometry }
    }),
  ]
}

function sceneFeatures(scene: readonly SceneObject[], { box, scale }: CellPlan): FeatureSpec[] {
  const visible = scene.flatMap((object, index) => {
    const geometry = scale <= object.upTo && scale >= (object.downTo ?? 0) ? clipped(object.shape, box) : null
    return geometry === null ? [] : [{ object, geometry, key: object.key ?? `object ${index}` }]
  })
  return visible.map(({ object, geometry, key }): FeatureSpec => {
    const slaves = object.key === undefined ? [] : visible.filter((other) => other.object.master === object.key)
    return {
      objectClass: object.objectClass,
      attributes: object.attributes,
      geometry,
      key,
      references: slaves.map((slave) => ({ key: slave.key, relation: 2 })),
    }
  })
}

function clipped(shape: SceneObject['shape'], box: Box): NonNullable<FeatureSpec['geometry']> | null {
  switch (shape.type) {
    case 'point':
      return isInBox(shape.at, box) ? { type: 'Point', coordinates: shape.at } : null
    case 'line': {
      const parts = clipLine(shape.positions, box)
      const [only] = parts
      if (only === undefined) return null
      return parts.length === 1 ? { type: 'LineString', coordinates: only } : { type: 'MultiLineString', coordinates: parts }
    }
    case 'area': {
      const ring = clipRing(shape.ring, box)
      return ring === null ? null : { type: 'Polygon', coordinates: [ring] }
    }
  }
}
