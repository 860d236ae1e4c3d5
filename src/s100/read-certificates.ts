import type { SetCertificate } from './exchange-catalogue.ts'

/** Sets have one to three; each may have a few kilobytes. */
const MOST_CERTIFICATES = 50
const LONGEST_CERTIFICATE = 8_000
export const LONGEST_ID = 200

/** Collects the certificates of a CATALOG.XML or CATALOG.SIGN while its elements are read. */
export class CertificateCollector {
  readonly found: SetCertificate[] = []
  #id = ''
  #issuer = ''

  open(name: string, attributes: Readonly<Record<string, string>>): void {
    if (name !== 'certificate') return
    this.#id = attributes['id'] ?? ''
    this.#issuer = attributes['issuer'] ?? ''
  }

  close(name: string, text: string): void {
    if (name !== 'certificate') return
    const der = text.replace(/\s+/g, '')
    const [id, issuer] = [this.#id, this.#issuer]
    if (id === '' || der === '' || der.length > LONGEST_CERTIFICATE || Math.max(id.length, issuer.length) > LONGEST_ID) return
    if (this.found.length < MOST_CERTIFICATES) this.found.push({ id, issuer, der })
  }
}
