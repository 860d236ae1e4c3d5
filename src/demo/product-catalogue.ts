import type { MirrorCell } from './mirror-cell.ts'

/**
 * Returns the text of an `ENCProdCat.xml` in NOAA's form.
 *
 * @param date when it was made, ISO 8601 in UTC. @param zipSizes sizes of the zips in bytes by cell name; 0 for a missing one.
 */
export function productCatalogue(cells: readonly MirrorCell[], date: string, zipSizes: ReadonlyMap<string, number>): string {
  const [day = '', time = ''] = date.replace('Z', '').split('T')
  const header = [
    '    <title>ENC Product Catalog</title>',
    `    <date_created>${day}</date_created>`,
    `    <time_created>${time}</time_created>`,
    `    <date_valid>${day}</date_valid>`,
    `    <time_valid>${time}</time_valid>`,
    `    <dt_valid>${date}</dt_valid>`,
    '    <ref_spec>NOAA Enc Product Catalog Technical Specifications</ref_spec>',
    '    <ref_spec_vers>1.0</ref_spec_vers>',
    '    <s62AgencyCode>0</s62AgencyCode>',
  ]
  const body = cells.map((cell) => cellElement(cell, zipSizes.get(cell.name) ?? 0))
  return [
    '<?xml version="1.0" encoding="UTF-8" ?>',
    '<EncProductCatalog>',
    '  <Header>',
    ...header,
    '  </Header>',
    ...body,
    '</EncProductCatalog>',
    '',
  ].join('\n')
}

function cellElement(cell: MirrorCell, zipSize: number): string {
  const [day = '', time = ''] = cell.zipDate.replace('Z', '').split('T')
  const lines = [
    '  <cell>',
    `    <name>${escaped(cell.name)}</name>`,
    `    <lname>${escaped(cell.longName)}</lname>`,
    `    <cscale>${cell.scale}</cscale>`,
    `    <status>${cell.status}</status>`,
    `    <zipfile_location>https://charts.example/ENCs/${escaped(cell.name)}.zip</zipfile_location>`,
    `    <zipfile_datetime>${day.replaceAll('-', '')}_${time.slice(0, 8).replaceAll(':', '')}</zipfile_datetime>`,
    `    <zipfile_datetime_iso8601>${cell.zipDate}</zipfile_datetime_iso8601>`,
    `    <zipfile_size>${zipSize}</zipfile_size>`,
    `    <edtn>${cell.edition}</edtn>`,
    `    <updn>${cell.updateNumber}</updn>`,
    `    <uadt>${cell.updateApplicationDate}</uadt>`,
    `    <isdt>${cell.issueDate}</isdt>`,
  ]
  if (cell.panels.length > 0) {
    lines.push('    <cov>')
    for (const [i, { type, ring }] of cell.panels.entries()) {
      lines.push(
        '      <panel>',
        `        <panel_no>${i + 1}</panel_no>`,
        `        <type>${type === 'exterior' ? 'E' : 'I'}</type>`,
      )
      for (const [longitude = 0, latitude = 0] of ring) {
        lines.push(`        <vertex><lat>${latitude.toFixed(7)}</lat><long>${longitude.toFixed(7)}</long></vertex>`)
      }
      lines.push('      </panel>')
    }
    lines.push('    </cov>')
  }
  lines.push('  </cell>')
  return lines.join('\n')
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
