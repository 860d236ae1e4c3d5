import type { Buffer } from 'node:buffer'
import { encodeDescriptiveRecord } from '#iso8211/encode-descriptive-record.ts'

/** A field in the data descriptive record. */
type Description = [
  tag: string,
  parent: string,
  structure: '01' | '05' | '16' | '25' | '26',
  name: string,
  labels: string,
  formats: string,
]

// S-57 part 3, clause 7 and annex A; figures 7.1 to 7.3 define the parents.
const DATA_SET: readonly Description[] = [
  ['0001', '', '05', 'ISO/IEC 8211 Record Identifier', '', '(b12)'],
  [
    'DSID',
    '0001',
    '16',
    'Data set identification field',
    'RCNM!RCID!EXPP!INTU!DSNM!EDTN!UPDN!UADT!ISDT!STED!PRSP!PSDN!PRED!PROF!AGEN!COMT',
    '(b11,b14,2b11,3A,2A(8),R(4),b11,2A,b11,b12,A)',
  ],
  [
    'DSSI',
    'DSID',
    '16',
    'Data set structure information field',
    'DSTR!AALL!NALL!NOMR!NOCR!NOGR!NOLR!NOIN!NOCN!NOED!NOFA',
    '(3b11,8b14)',
  ],
  [
    'DSPM',
    '0001',
    '16',
    'Data set parameter field',
    'RCNM!RCID!HDAT!VDAT!SDAT!CSCL!DUNI!HUNI!PUNI!COUN!COMF!SOMF!COMT',
    '(b11,b14,3b11,b14,4b11,2b14,A)',
  ],
  ['VRID', '0001', '16', 'Vector record identifier field', 'RCNM!RCID!RVER!RUIN', '(b11,b14,b12,b11)'],
  ['ATTV', 'VRID', '26', 'Vector record attribute field', '*ATTL!ATVL', '(b12,A)'],
  ['VRPC', 'VRID', '16', 'Vector record pointer control field', 'VPUI!VPIX!NVPT', '(b11,2b12)'],
  ['VRPT', 'VRID', '26', 'Vector record pointer field', '*NAME!ORNT!USAG!TOPI!MASK', '(B(40),4b11)'],
  ['SGCC', 'VRID', '16', 'Coordinate control field', 'CCUI!CCIX!CCNC', '(b11,2b12)'],
  ['SG2D', 'VRID', '25', '2-D coordinate field', '*YCOO!XCOO', '(2b24)'],
  ['SG3D', 'VRID', '25', '3-D coordinate (sounding array) field', '*YCOO!XCOO!VE3D', '(3b24)'],
  ['FRID', '0001', '16', 'Feature record identifier field', 'RCNM!RCID!PRIM!GRUP!OBJL!RVER!RUIN', '(b11,b14,2b11,2b12,b11)'],
  ['FOID', 'FRID', '16', 'Feature object identifier field', 'AGEN!FIDN!FIDS', '(b12,b14,b12)'],
  ['ATTF', 'FRID', '26', 'Feature record attribute field', '*ATTL!ATVL', '(b12,A)'],
  ['NATF', 'FRID', '26', 'Feature record national attribute field', '*ATTL!ATVL', '(b12,A)'],
  ['FFPC', 'FRID', '16', 'Feature record to feature object pointer control field', 'FFUI!FFIX!NFPT', '(b11,2b12)'],
  ['FFPT', 'FRID', '26', 'Feature record to feature object pointer field', '*LNAM!RIND!COMT', '(B(64),b11,A)'],
  ['FSPC', 'FRID', '16', 'Feature record to spatial record pointer control field', 'FSUI!FSIX!NSPT', '(b11,2b12)'],
  ['FSPT', 'FRID', '26', 'Feature record to spatial record pointer field', '*NAME!ORNT!USAG!MASK', '(B(40),3b11)'],
]

/** Escape sequences of the lexical levels 0 to 2 in field controls (S-57 part 3, annex B): ASCII, ISO 8859-1, UCS-2. */
const ESCAPES = ['   ', '-A ', '%/A'] as const

/** Encodes the data descriptive record of a base cell or an update, for the lexical levels of ATTF and NATF. */
export function dataSetDescription(attributeLevel: 0 | 1, nationalLevel: 0 | 1 | 2): Buffer {
  return descriptiveRecord(DATA_SET, (tag) => (tag === 'ATTF' ? attributeLevel : tag === 'NATF' ? nationalLevel : 0))
}

// Catalogue files use the ASCII implementation (S-57 part 3, clause 7.3; appendix B.1, clause 5.6.2).
const CATALOGUE: readonly Description[] = [
  ['0001', '', '01', 'ISO/IEC 8211 Record Identifier', '', '(I(5))'],
  [
    'CATD',
    '0001',
    '16',
    'Catalogue directory field',
    'RCNM!RCID!FILE!LFIL!VOLM!IMPL!SLAT!WLON!NLAT!ELON!CRCS!COMT',
    '(A(2),I(10),3A,A(3),4R,2A)',
  ],
]

/** Encodes the data descriptive record of a CATALOG.031. */
export function catalogueDescription(): Buffer {
  return descriptiveRecord(CATALOGUE, () => 0)
}

function descriptiveRecord(descriptions: readonly Description[], levelOf: (tag: string) => 0 | 1 | 2): Buffer {
  return encodeDescriptiveRecord(
    descriptions.map(([tag, parent, structure, name, labels, formats]) => {
      const control = `${structure}00;&${ESCAPES[levelOf(tag)]}`
      return { tag, parent, control, name, labels, formats }
    }),
  )
}
