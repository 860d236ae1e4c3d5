import { Buffer } from 'node:buffer'
import type { Signer } from './data-server.ts'

/** A file of a set to write. */
export interface SetFile {
  /** Relative to S100_ROOT. */
  path: string
  content: Uint8Array
  /** What the signature is made of, when it is to be a wrong one. */
  signedContent?: Uint8Array
}

/** A dataset or update, with its discovery metadata. */
export interface DatasetFile extends SetFile {
  product?: string
  description?: string
  issueDate?: string
  notForNavigation?: boolean
  encrypted?: boolean
  compressed?: boolean
  /** Whether the file is left out of the set. */
  absent?: boolean
}

export interface ExchangeSetSpec {
  name: string
  /** Edition of S-100 that the namespaces name. */
  edition?: '5.0' | '5.1' | '5.2'
  datasets: readonly DatasetFile[]
  supportFiles?: readonly SetFile[]
  /** Who signs; without one, nothing is signed. */
  signer?: Signer
  /** Certificates of the set besides that of the signer, such as a domain coordinator's. */
  others?: readonly Signer[]
}

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')
const element = (name: string, text: string | number | boolean) => `<XC:${name}>${escaped(String(text))}</XC:${name}>`

/** Writes an S-100 exchange set: CATALOG.XML, CATALOG.SIGN and the files, by path below S100_ROOT. */
export function writeExchangeSet(spec: ExchangeSetSpec): Map<string, Uint8Array> {
  const { datasets, supportFiles = [], signer } = spec
  const catalogue = Buffer.from(writeExchangeCatalogue(spec))
  const files = new Map<string, Uint8Array>([['CATALOG.XML', catalogue]])
  if (signer !== undefined) files.set('CATALOG.SIGN', Buffer.from(writeCatalogueSignature(catalogue, spec, signer)))
  for (const { path, content, absent } of datasets) if (absent !== true) files.set(path, content)
  for (const { path, content } of supportFiles) files.set(path, content)
  return files
}

/** CATALOG.XML, in the element order of S-100 part 17. */
export function writeExchangeCatalogue(spec: ExchangeSetSpec): string {
  const { name, edition = '5.2', datasets, supportFiles = [], signer } = spec
  return `<?xml version="1.0" encoding="UTF-8"?>
<XC:S100_ExchangeCatalogue xmlns:XC="http://www.iho.int/s100/xc/${edition}" xmlns:SE="http://www.iho.int/s100/se/${edition}">
<XC:identifier>${element('identifier', name)}${element('dateTime', '2026-03-01T12:00:00Z')}</XC:identifier>
${signer === undefined ? '' : `<XC:certificates>${certificates(spec, signer)}</XC:certificates>`}
<XC:datasetDiscoveryMetadata>${datasets.map((file) => datasetOf(file, spec)).join('\n')}</XC:datasetDiscoveryMetadata>
<XC:supportFileDiscoveryMetadata>${supportFiles.map((file) => supportFileOf(file, spec)).join('\n')}</XC:supportFileDiscoveryMetadata>
<XC:catalogueDiscoveryMetadata/>
</XC:S100_ExchangeCatalogue>
`
}

function datasetOf(file: DatasetFile, spec: ExchangeSetSpec): string {
  const { path, product = 'S-101', description, issueDate = '2026-02-01', notForNavigation = false } = file
  return `<XC:S100_DatasetDiscoveryMetadata>${[
    element('fileName', `file:/${path}`),
    description === undefined ? '' : element('description', description),
    element('compressionFlag', file.compressed ?? false),
    element('dataProtection', file.encrypted ?? false),
    signatureOf(file, spec),
    element('purpose', 'newDataset'),
    element('notForNavigation', notForNavigation),
    element('issueDate', issueDate),
    `<XC:productSpecification>${element('productIdentifier', product)}${element('number', 1)}</XC:productSpecification>`,
  ].join('')}</XC:S100_DatasetDiscoveryMetadata>`
}

function supportFileOf(file: SetFile, spec: ExchangeSetSpec): string {
  const parts = [element('fileName', `file:/${file.path}`), element('revisionStatus', 'new'), signatureOf(file, spec)]
  return `<XC:S100_SupportFileDiscoveryMetadata>${parts.join('')}</XC:S100_SupportFileDiscoveryMetadata>`
}

function signatureOf({ content, signedContent }: SetFile, { edition = '5.2', signer }: ExchangeSetSpec): string {
  if (signer === undefined) return ''
  const value = signer.sign(signedContent ?? content).toString('base64')
  const [type, status] =
    edition === '5.2' ? ['S100_SE_SignatureOnData', ' dataStatus="unencrypted"'] : ['S100_SE_DigitalSignature', '']
  const own = `<SE:${type} id="SIG" certificateRef="${escaped(signer.id)}"${status}>${value}</SE:${type}>`
  return `${element('digitalSignatureReference', 'DSA')}<XC:digitalSignatureValue>${own}</XC:digitalSignatureValue>`
}

function writeCatalogueSignature(catalogue: Uint8Array, spec: ExchangeSetSpec, signer: Signer): string {
  const value = signer.sign(catalogue).toString('base64')
  return `<?xml version="1.0" encoding="UTF-8"?>
<SE:StandaloneDigitalSignature xmlns:SE="http://www.iho.int/s100/se/${spec.edition ?? '5.2'}">
<SE:filename>CATALOG.XML</SE:filename>
<SE:certificates>${certificates(spec, signer)}</SE:certificates>
<SE:digitalSignature id="catalog" certificateRef="${escaped(signer.id)}">${value}</SE:digitalSignature>
</SE:StandaloneDigitalSignature>
`
}

function certificates({ others = [] }: ExchangeSetSpec, signer: Signer): string {
  const own = [signer, ...others].map(
    ({ id, issuer, certificate }) =>
      `<SE:certificate id="${escaped(id)}" issuer="${escaped(issuer)}">${certificate.toString('base64')}</SE:certificate>`,
  )
  return `<SE:schemeAdministrator id="IHO"/>${own.join('')}`
}
