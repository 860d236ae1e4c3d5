/** What the CATALOG.XML of an S-100 exchange set says (S-100 part 17), as far as Chartroom uses it. */
export interface ExchangeCatalogue {
  /** Name of the set; empty when it is not stated. */
  name: string
  /** Date of the set, YYYY-MM-DD; null when it is not stated. */
  date: string | null
  certificates: SetCertificate[]
  datasets: ListedDataset[]
  supportFiles: ListedSupportFile[]
  /** Entries that name no file, or one outside the set. */
  unusable: number
}

/** A certificate that comes with a set. The scheme administrator's never does: the operator installs it. */
export interface SetCertificate {
  id: string
  /** Id of the certificate that signed it, or of the scheme administrator. */
  issuer: string
  /** X.509, DER, in base64. */
  der: string
}

/** The signature of a file, in base64, and the id of the certificate with its key. */
export interface FileSignature {
  value: string
  certificate: string
}

/** A dataset or update in the set. */
export interface ListedDataset {
  /** Relative to the folder of the catalogue, with forward slashes. */
  path: string
  description: string
  /** `S-101` or `INT.IHO.S-101.1.5.0`. */
  product: string
  /** YYYY-MM-DD; null when it is not stated. */
  issueDate: string | null
  encrypted: boolean
  notForNavigation: boolean
  signatures: FileSignature[]
}

/** What is kept of a dataset of a set, to read and verify it. */
export type DatasetListing = Pick<ListedDataset, 'issueDate' | 'encrypted' | 'notForNavigation' | 'signatures'>

/** A text or picture in the set. */
export interface ListedSupportFile {
  path: string
  /** `new`, `replacement` or `deletion`. */
  revision: string
  signatures: FileSignature[]
}

/** The number of the product, `S-101`; empty when it is not stated. */
export function productOf({ path, product }: Pick<ListedDataset, 'path' | 'product'>): string {
  return /S-\d{3}/i.exec(product)?.[0].toUpperCase() ?? /^(S-\d{3})\//i.exec(path)?.[1]?.toUpperCase() ?? ''
}

/** The S-57 cell that a description names between semicolons (`;GB5DNABH;`): the same chart in the other standard. */
export function twinOf(description: string): string | null {
  return /;([A-Z0-9]{8});/i.exec(description)?.[1]?.toUpperCase() ?? null
}

/** The description without the name of the twin. */
export function titleOf(description: string): string {
  return description.replace(/;[A-Z0-9]{8};/gi, ' ').trim()
}
