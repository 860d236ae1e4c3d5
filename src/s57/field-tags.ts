import { tagCode } from '#iso8211/record-cursor.ts'

/** The tags of S-57 fields as numbers (S-57 part 3, clause 7); 0001 is the record identifier of ISO 8211. */
export const TAG = {
  recordId: tagCode('0001'),
  DSID: tagCode('DSID'),
  DSSI: tagCode('DSSI'),
  DSPM: tagCode('DSPM'),
  CATD: tagCode('CATD'),
  VRID: tagCode('VRID'),
  ATTV: tagCode('ATTV'),
  VRPC: tagCode('VRPC'),
  VRPT: tagCode('VRPT'),
  SGCC: tagCode('SGCC'),
  SG2D: tagCode('SG2D'),
  SG3D: tagCode('SG3D'),
  FRID: tagCode('FRID'),
  FOID: tagCode('FOID'),
  ATTF: tagCode('ATTF'),
  NATF: tagCode('NATF'),
  FFPC: tagCode('FFPC'),
  FFPT: tagCode('FFPT'),
  FSPC: tagCode('FSPC'),
  FSPT: tagCode('FSPT'),
} as const
