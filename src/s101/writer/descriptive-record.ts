import type { Buffer } from 'node:buffer'
import { encodeDescriptiveRecord } from '#iso8211/encode-descriptive-record.ts'

type Description = [tag: string, parent: string, structure: string, name: string, labels: string, formats: string]

const attributes = 'NATC!ATIX!PAIX!ATIN!ATVL'
const identifier = 'RCNM!RCID!RVER!RUIN'

// S-101 annex B. The escape announces UTF-8.
const FIELDS: readonly Description[] = [
  [
    'DSID',
    '',
    '1600',
    'Data Set Identification',
    'RCNM!RCID!ENSP!ENED!PRSP!PRED!PROF!DSNM!DSTL!DSRD!DSLG!DSAB!DSED\\\\*DSTC',
    '(b11,b14,7A,A(8),3A,(b11))',
  ],
  [
    'DSSI',
    'DSID',
    '1600',
    'Data Set Structure Information',
    'DCOX!DCOY!DCOZ!CMFX!CMFY!CMFZ!NOIR!NOPN!NOMN!NOCN!NOXN!NOSN!NOFR',
    '(3b48,10b14)',
  ],
  ['ATCS', 'DSID', '2600', 'Attribute Codes', '*ATCD!ANCD', '(A,b12)'],
  ['ITCS', 'DSID', '2600', 'Information Type Codes', '*ITCD!ITNC', '(A,b12)'],
  ['FTCS', 'DSID', '2600', 'Feature Type Codes', '*FTCD!FTNC', '(A,b12)'],
  ['IACS', 'DSID', '2600', 'Information Association Codes', '*IACD!IANC', '(A,b12)'],
  ['FACS', 'DSID', '2600', 'Feature Association Codes', '*FACD!FANC', '(A,b12)'],
  ['ARCS', 'DSID', '2600', 'Association Role Codes', '*ARCD!ARNC', '(A,b12)'],
  ['CSID', '', '1600', 'Coordinate Reference System Record Identifier', 'RCNM!RCID!NCRC', '(b11,b14,b11)'],
  ['CRSH', 'CSID', '1600', 'Coordinate Reference System Header', 'CRIX!CRST!CSTY!CRNM!CRSI!CRSS!SCRI', '(3b11,2A,b11,A)'],
  ['CSAX', 'CRSH', '2600', 'Coordinate System Axes', '*AXTY!AXUM', '(2b11)'],
  ['VDAT', 'CRSH', '1600', 'Vertical Datum', 'DTNM!DTID!DTSR!SCRI', '(2A,b11,A)'],
  ['IRID', '', '1600', 'Information Type Record Identifier', 'RCNM!RCID!NITC!RVER!RUIN', '(b11,b14,2b12,b11)'],
  ['ATTR', 'IRID', '2600', 'Attribute', `*${attributes}`, '(3b12,b11,A)'],
  [
    'INAS',
    'IRID',
    '3600',
    'Information Association',
    `RRNM!RRID!NIAC!NARC!IUIN\\\\*${attributes}`,
    '(b11,b14,2b12,b11,(3b12,b11,A))',
  ],
  ['PRID', '', '1600', 'Point Record Identifier', identifier, '(b11,b14,b12,b11)'],
  ['C2IT', 'PRID', '1600', '2-D Integer Coordinate Tuple', 'YCOO!XCOO', '(2b24)'],
  ['C3IT', 'PRID', '1600', '3-D Integer Coordinate Tuple', 'VCID!YCOO!XCOO!ZCOO', '(b11,3b24)'],
  ['MRID', '', '1600', 'Multi Point Record Identifier', identifier, '(b11,b14,b12,b11)'],
  ['COCC', 'MRID', '1600', 'Coordinate Control', 'COUI!COIX!NCOR', '(b11,2b12)'],
  ['C2IL', 'MRID', '2600', '2-D Integer Coordinate List', '*YCOO!XCOO', '(2b24)'],
  ['C3IL', 'MRID', '3600', '3-D Integer Coordinate List', 'VCID\\\\*YCOO!XCOO!ZCOO', '(b11,3b24)'],
  ['CRID', '', '1600', 'Curve Record Identifier', identifier, '(b11,b14,b12,b11)'],
  ['PTAS', 'CRID', '2600', 'Point Association', '*RRNM!RRID!TOPI', '(b11,b14,b11)'],
  ['SECC', 'CRID', '1600', 'Segment Control', 'SEUI!SEIX!NSEG', '(b11,2b12)'],
  ['SEGH', 'CRID', '1600', 'Segment Header', 'INTP', '(b11)'],
  ['CCID', '', '1600', 'Composite Curve Record Identifier', identifier, '(b11,b14,b12,b11)'],
  ['CCOC', 'CCID', '1600', 'Curve Component Control', 'CCUI!CCIX!NCCO', '(b11,2b12)'],
  ['CUCO', 'CCID', '2600', 'Curve Component', '*RRNM!RRID!ORNT', '(b11,b14,b11)'],
  ['SRID', '', '1600', 'Surface Record Identifier', identifier, '(b11,b14,b12,b11)'],
  ['RIAS', 'SRID', '2600', 'Ring Association', '*RRNM!RRID!ORNT!USAG!RAUI', '(b11,b14,3b11)'],
  ['FRID', '', '1600', 'Feature Type Record Identifier', 'RCNM!RCID!NFTC!RVER!RUIN', '(b11,b14,2b12,b11)'],
  ['FOID', 'FRID', '1600', 'Feature Object Identifier', 'AGEN!FIDN!FIDS', '(b12,b14,b12)'],
  ['SPAS', 'FRID', '2600', 'Spatial Association', '*RRNM!RRID!ORNT!SMIN!SMAX!SAUI', '(b11,b14,b11,2b14,b11)'],
  [
    'FASC',
    'FRID',
    '3600',
    'Feature Association',
    `RRNM!RRID!NFAC!NARC!FAUI\\\\*${attributes}`,
    '(b11,b14,2b12,b11,(3b12,b11,A))',
  ],
  ['MASK', 'FRID', '2600', 'Masked Spatial Type', '*RRNM!RRID!MIND!MUIN', '(b11,b14,2b11)'],
]

/** Encodes the data descriptive record of an S-101 dataset. */
export function datasetDescription(): Buffer {
  return encodeDescriptiveRecord(
    FIELDS.map(([tag, parent, structure, name, labels, formats]) => {
      return { tag, parent, control: `${structure};&%/G`, name, labels, formats }
    }),
  )
}
