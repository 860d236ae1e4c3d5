import { Buffer } from 'node:buffer'
import { createHash } from 'node:crypto'
import type { CellFile } from '#s57/cell.ts'
import { writeCatalogueFile } from '#s57/writer/write-catalogue-file.ts'
import { signatureNameOf } from '#s63/signature-file.ts'
import { createDsaSigner, type DsaSigner } from '#s63/writer/dsa-signer.ts'
import { encryptFile } from '#s63/writer/encrypt-file.ts'
import { formatPublicKey, writeCertificate } from '#s63/writer/write-authority.ts'
import { writePermitFile } from '#s63/writer/write-permit-file.ts'
import { writeSignatureFile } from '#s63/writer/write-signature-file.ts'

/** A cell to encrypt: its base and updates in plain. */
export interface PlainCell {
  name: string
  longName?: string
  edition?: number
  /** West, south, east, north in degrees, for CATALOG.031. */
  box: readonly [west: number, south: number, east: number, north: number]
  files: readonly CellFile[]
  /** The last day of its permit, `YYYY-MM-DD`. */
  expires?: string
}

export interface EncryptedSet {
  /** Path in the zip (`ENC_ROOT/CATALOG.031`) to bytes. */
  files: Map<string, Buffer>
  /** PERMIT.TXT for the installation. */
  permits: Buffer
  /** The invented authority that certified the data server, as IHO.PUB and IHO.CRT are. */
  authority: { publicKey: Buffer; certificate: Buffer }
}

/**
 * Makes an exchange set encrypted by S-63, for tests and demonstrations: the cells in folders by producer, cell, edition and update,
 * each with its signature file; CATALOG.031 with the checksums of the plain cells; and the permits to open them. Cell keys derive from
 * `seed`; data server and authority are generated unless given, so signatures differ each time.
 */
export function encryptedSet(
  cells: readonly PlainCell[],
  options: { hardwareId: string; seed?: string; server?: DsaSigner; authority?: DsaSigner },
): EncryptedSet {
  const { hardwareId, seed = 'demo', server = createDsaSigner(), authority = createDsaSigner() } = options
  const files = new Map<string, Buffer>()
  const listed: Parameters<typeof writeCatalogueFile>[0][number][] = []
  const permits = cells.map(({ name, longName = '', edition = 1, box, files: plain, expires = '2099-12-31' }) => {
    const keys = [cellKey(seed, name, 1), cellKey(seed, name, 2)] as const
    for (const file of plain) {
      const update = Number(file.name.slice(-3))
      const folder = `${name.slice(0, 2)}/${name}/${edition}/${update}`
      const encrypted = encryptFile(file, keys[0])
      const signature = writeSignatureFile(encrypted, server, authority)
      const signatureName = signatureNameOf(file.name)
      if (signatureName === null)
        throw new Error(`${file.name} is not the name of a cell's file: its third character must be the usage band`)
      files.set(`ENC_ROOT/${folder}/${file.name}`, encrypted)
      files.set(`ENC_ROOT/${folder}/${signatureName}`, signature)
      listed.push({ path: `${folder}/${file.name}`, bytes: file.bytes, longName, box })
      listed.push({ path: `${folder}/${signatureName}`, bytes: signature, longName: '', box: null })
    }
    return { cell: name, expires, keys, edition }
  })
  files.set('ENC_ROOT/CATALOG.031', Buffer.from(writeCatalogueFile(listed)))
  return {
    files,
    permits: writePermitFile(hardwareId, { enc: permits }),
    authority: {
      publicKey: Buffer.from(formatPublicKey(authority), 'latin1'),
      certificate: writeCertificate(authority, 'Invented authority', '200101000000Z', '491231235959Z'),
    },
  }
}

const cellKey = (seed: string, cell: string, number: 1 | 2) =>
  createHash('sha256').update(`${seed} ${cell} ${number}`).digest().subarray(0, 5)
