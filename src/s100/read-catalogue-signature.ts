import type { FileSignature, SetCertificate } from './exchange-catalogue.ts'
import { CertificateCollector } from './read-certificates.ts'
import { readElements } from './read-elements.ts'

/** What a CATALOG.SIGN says: the signature of CATALOG.XML, and certificates. */
export interface CatalogueSignature {
  signature: FileSignature | null
  certificates: SetCertificate[]
}

/** Reads a CATALOG.SIGN (S-100 part 15). @throws ExchangeCatalogueError */
export function readCatalogueSignature(name: string, bytes: Uint8Array): CatalogueSignature {
  const certificates = new CertificateCollector()
  let signature: FileSignature | null = null
  let certificate = ''
  readElements(name, bytes, 'StandaloneDigitalSignature', {
    open(name, _, attributes) {
      certificates.open(name, attributes)
      if (name === 'digitalSignature') certificate = attributes['certificateRef'] ?? ''
    },
    close(name, _, text) {
      certificates.close(name, text)
      const value = text.replace(/\s+/g, '')
      if (name === 'digitalSignature' && value !== '') signature ??= { value, certificate }
    },
  })
  return { signature, certificates: certificates.found }
}
