import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { createS63 } from '#charts/uploads/s63.ts'
import type { Config } from '#config/config.ts'
import type { Db } from '#db/database.ts'
import { type Finding, failed, ok, warning } from './finding.ts'

/** Whether the identity for encrypted charts is whole, its authority can be read, and permits have an identity. */
export async function checkS63({ s63 }: Config, db: Db | null): Promise<Omit<Finding, 'name'>> {
  const { identity, signatures, authorityFile } = s63
  if (identity === null) {
    const permits = db === null ? undefined : await db.selectFrom('cell_permit').select('cell_name').limit(1).executeTakeFirst()
    if (permits === undefined) return ok('No identity is set; encrypted charts are not used.')
    return failed(
      'There are S-63 permits, but no identity: encrypted charts cannot be updated.',
      'Set S63_MANUFACTURER_ID, S63_MANUFACTURER_KEY and S63_HARDWARE_ID as they were before.',
    )
  }
  const authorities = []
  if (authorityFile !== null) authorities.push({ name: path.basename(authorityFile), bytes: await readFile(authorityFile) })
  const nothing = { encrypt: () => Buffer.alloc(0), decrypt: () => null }
  const { userPermit } = createS63({ identity, signatures, authorities, cipher: nothing })
  if (signatures !== 'off' && authorities.length === 0) {
    return warning(
      `The user permit is ${userPermit}; no authority verifies the signatures of charts.`,
      'Set S63_AUTHORITY_FILE to the IHO.CRT or IHO.PUB of the scheme administrator, or S63_SIGNATURES to off.',
    )
  }
  return ok(`The user permit is ${userPermit}.`)
}
