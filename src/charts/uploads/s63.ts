import { setImmediate as nextTurn } from 'node:timers/promises'
import { sql } from 'kysely'
import type { Db } from '#db/database.ts'
import { storableText } from '#lib/storable-text.ts'
import { readAuthority } from '#s63/authority.ts'
import { createPermitCipher } from '#s63/cell-permit.ts'
import { parseInSteps } from '#s63/permit-file.ts'
import { type Identity, makeUserPermit } from '#s63/user-permit.ts'
import type { CellOpening, SignaturePolicy } from '../reading/cell-opening.ts'

/** Encrypts secrets before they are stored in the database. */
export interface SecretCipher {
  encrypt(text: string): Buffer
  /** Null when it was encrypted under another key. */
  decrypt(encrypted: Buffer): string | null
}

/** S-63 with the one identity of this server. */
export interface S63 {
  /** What a distributor needs to issue permits: 28 characters. */
  userPermit: string
  /**
   * Stores the permits of an upload with their keys encrypted; replaces what an interrupted run stored.
   *
   * @returns the number of permits, and a message for each unusable line.
   */
  install(
    trx: Db,
    upload: { id: number; accountId: number },
    files: readonly { name: string; bytes: Uint8Array }[],
  ): Promise<{ permits: number; problems: string[] }>
  /** What a thread needs to open a cell of an account; the newest upload's permit first. */
  opening(db: Db, accountId: number, cell: string): Promise<CellOpening>
}

/** @throws IdentityError when a value of the identity is impossible; an Error when an authority's file is unreadable. */
export function createS63(options: {
  identity: Identity
  signatures: SignaturePolicy
  authorities: { name: string; bytes: Uint8Array }[]
  cipher: SecretCipher
}): S63 {
  const { cipher, signatures, authorities } = options
  // Read once here, so that a wrong file prevents the start instead of failing every chart.
  for (const { name, bytes } of authorities) readAuthority(name, bytes)
  const permitCipher = createPermitCipher(options.identity.hardwareId)
  return {
    userPermit: makeUserPermit(options.identity),

    async install(trx, upload, files) {
      const permits = new Map<string, { expires: string; dataServer: string; keys: string }>()
      const problems: string[] = []
      for (const { name, bytes } of files) {
        const file = await inTurns(parseInSteps(bytes, permitCipher))
        for (const { line, failure } of file.problems) problems.push(`${name}, line ${line}: ${failure.message}`)
        for (const { cell, expires, dataServer, keys } of file.permits) {
          const known = permits.get(cell)
          if (known !== undefined && known.expires > expires) continue
          permits.set(cell, {
            expires,
            dataServer: storableText(dataServer),
            keys: keys.map((key) => key.toString('hex')).join(':'),
          })
        }
      }
      await trx.deleteFrom('cell_permit').where('upload_id', '=', upload.id).execute()
      for (const [cell, { expires, dataServer, keys }] of permits) {
        const values = { upload_id: upload.id, account_id: upload.accountId, cell_name: cell, expires, data_server: dataServer }
        await trx
          .insertInto('cell_permit')
          .values({ ...values, keys_encrypted: cipher.encrypt(keys) })
          .execute()
        // A renewed permit also covers cells that were read with the old one.
        await sql`
          update upload_cell set permit_expires = ${expires} where account_id = ${upload.accountId} and name = ${cell} and encrypted
        `.execute(trx)
      }
      return { permits: permits.size, problems }
    },

    async opening(db, accountId, cell) {
      // uses cell_permit_cell
      const rows = await sql<{ keys_encrypted: Buffer; expires: string }>`
        select permit.keys_encrypted, permit.expires from cell_permit permit
        join upload on upload.id = permit.upload_id and upload.deleted_at is null
        where permit.account_id = ${accountId} and permit.cell_name = ${cell} order by permit.upload_id desc limit 10
      `.execute(db)
      const keys = rows.rows.flatMap((row) => cipher.decrypt(row.keys_encrypted)?.split(':') ?? [])
      return { keys, expires: rows.rows[0]?.expires ?? null, signatures, authorities }
    },
  }
}

/** Yields to the event loop between the steps. */
async function inTurns<T>(steps: Generator<void, T>): Promise<T> {
  for (;;) {
    const step = steps.next()
    if (step.done) return step.value
    await nextTurn()
  }
}

/** Cells that wait for a permit of this upload, or failed with a wrong one, by the upload they came with. */
export async function cellsForPermits(db: Db, uploadId: number): Promise<Map<number, { name: string; bytes: number }[]>> {
  const result = await sql<{ upload_id: number; name: string; bytes: number }>`
    select part.upload_id, part.name, part.byte_size as bytes from cell_permit permit
    join upload_cell part on part.account_id = permit.account_id and part.name = permit.cell_name
    join upload on upload.id = part.upload_id and upload.deleted_at is null
    where permit.upload_id = ${uploadId} and part.upload_id <> ${uploadId}
      and (part.state = 'waiting' or (part.state = 'failed' and part.encrypted))
    order by part.upload_id, part.name
  `.execute(db)
  const byUpload = new Map<number, { name: string; bytes: number }[]>()
  for (const { upload_id: upload, name, bytes } of result.rows) {
    const list = byUpload.get(upload)
    if (list) list.push({ name, bytes })
    else byUpload.set(upload, [{ name, bytes }])
  }
  return byUpload
}
