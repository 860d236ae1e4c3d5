import { png } from '#tiles/products/png.ts'

/** Metres from the middle of the Web Mercator map to its edge. */
const HALF_WORLD = 20_037_508.342789244
/** Metres in a pixel of OGC's standard rendering, 0.28 mm. */
const PIXEL_METRES = 0.00028
const TILE_PIXELS = 256

export interface CapabilitiesOptions {
  /** Address of the capabilities. */
  self: string
  /** With {z}, {x} and {y}. */
  tileUrl: string
  /** Who made the charts, in HTML. */
  attribution: string
}

/**
 * Writes WMTS capabilities (OGC 07-057r7) of one layer in the tile matrix set GoogleMapsCompatible (annex E.4), deepened to the zooms of
 * the raster tiles.
 */
export function wmtsCapabilities({ self, tileUrl, attribution }: CapabilitiesOptions): string {
  const template = tileUrl.replace('{z}', '{TileMatrix}').replace('{y}', '{TileRow}').replace('{x}', '{TileCol}')
  const { shallowest, deepest } = png.zooms
  const zooms = Array.from({ length: deepest - shallowest + 1 }, (_, i) => shallowest + i)
  return `<?xml version="1.0" encoding="UTF-8"?>
<Capabilities xmlns="http://www.opengis.net/wmts/1.0" xmlns:ows="http://www.opengis.net/ows/1.1" xmlns:xlink="http://www.w3.org/1999/xlink" version="1.0.0">
  <ows:ServiceIdentification>
    <ows:Title>Chartroom</ows:Title>
    <ows:ServiceType>OGC WMTS</ows:ServiceType>
    <ows:ServiceTypeVersion>1.0.0</ows:ServiceTypeVersion>
  </ows:ServiceIdentification>
  <Contents>
    <Layer>
      <ows:Title>Nautical charts</ows:Title>
      <ows:Abstract>${escaped(attribution.replaceAll(/<[^<>]*>/g, ''))}</ows:Abstract>
      <ows:WGS84BoundingBox>
        <ows:LowerCorner>-180 -85.0511</ows:LowerCorner>
        <ows:UpperCorner>180 85.0511</ows:UpperCorner>
      </ows:WGS84BoundingBox>
      <ows:Identifier>enc-raster-v2</ows:Identifier>
      <Style isDefault="true"><ows:Identifier>default</ows:Identifier></Style>
      <Format>image/png</Format>
      <TileMatrixSetLink><TileMatrixSet>GoogleMapsCompatible</TileMatrixSet></TileMatrixSetLink>
      <ResourceURL format="image/png" resourceType="tile" template="${escaped(template)}"/>
    </Layer>
    <TileMatrixSet>
      <ows:Identifier>GoogleMapsCompatible</ows:Identifier>
      <ows:SupportedCRS>urn:ogc:def:crs:EPSG::3857</ows:SupportedCRS>
      <WellKnownScaleSet>urn:ogc:def:wkss:OGC:1.0:GoogleMapsCompatible</WellKnownScaleSet>
${zooms.map(matrix).join('\n')}
    </TileMatrixSet>
  </Contents>
  <ServiceMetadataURL xlink:href="${escaped(self)}"/>
</Capabilities>
`
}

function matrix(zoom: number): string {
  const across = 2 ** zoom
  const scale = (2 * HALF_WORLD) / (TILE_PIXELS * across) / PIXEL_METRES
  return `      <TileMatrix>
        <ows:Identifier>${zoom}</ows:Identifier>
        <ScaleDenominator>${scale}</ScaleDenominator>
        <TopLeftCorner>${-HALF_WORLD} ${HALF_WORLD}</TopLeftCorner>
        <TileWidth>${TILE_PIXELS}</TileWidth>
        <TileHeight>${TILE_PIXELS}</TileHeight>
        <MatrixWidth>${across}</MatrixWidth>
        <MatrixHeight>${across}</MatrixHeight>
      </TileMatrix>`
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')
}
