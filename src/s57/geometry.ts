/** Longitude and latitude in degrees (WGS 84), and for soundings the depth in metres. Longitudes may lie beyond ±180, as in the file. */
export type Position = number[]

export type PointGeometry = { type: 'Point'; coordinates: Position }
export type MultiPointGeometry = { type: 'MultiPoint'; coordinates: Position[] }
export type LineStringGeometry = { type: 'LineString'; coordinates: Position[] }
export type MultiLineStringGeometry = { type: 'MultiLineString'; coordinates: Position[][] }
/** Rings are closed; the first is the outer one, counter-clockwise, the others are holes, clockwise (RFC 7946, 3.1.6). */
export type PolygonGeometry = { type: 'Polygon'; coordinates: Position[][] }
export type MultiPolygonGeometry = { type: 'MultiPolygon'; coordinates: Position[][][] }

/** The geometries of GeoJSON that an S-57 feature can have. */
export type Geometry =
  | PointGeometry
  | MultiPointGeometry
  | LineStringGeometry
  | MultiLineStringGeometry
  | PolygonGeometry
  | MultiPolygonGeometry
