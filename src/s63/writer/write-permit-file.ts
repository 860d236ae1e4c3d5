import { Buffer } from 'node:buffer'
import { type CellPermit, createPermitCipher, formatCellPermit } from '../cell-permit.ts'

/** A permit to write, with the fields that follow it in its line. */
export interface PermitSpec extends CellPermit {
  singlePurchase?: boolean
  edition?: number
  dataServer?: string
  comment?: string
}

/** Creates a PERMIT.TXT for the installation with this HW_ID. `date` is `YYYYMMDD HH:MM`. */
export function writePermitFile(
  hardwareId: string,
  { enc, ecs = [], date = '20260101 00:00' }: { enc: readonly PermitSpec[]; ecs?: readonly PermitSpec[]; date?: string },
): Buffer {
  const cipher = createPermitCipher(hardwareId)
  const line = (permit: PermitSpec) => {
    const { singlePurchase = false, edition, dataServer = 'XX', comment = '' } = permit
    return [formatCellPermit(permit, cipher), singlePurchase ? '1' : '0', edition ?? '', dataServer, comment].join(',')
  }
  const lines = [`:DATE ${date}`, ':VERSION 2', ':ENC', ...enc.map(line), ':ECS', ...ecs.map(line)]
  return Buffer.from(lines.map((each) => `${each}\r\n`).join(''), 'latin1')
}
