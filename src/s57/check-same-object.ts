import { OBJECT_CLASSES } from './data/object-classes.ts'
import { type FeatureRecord, INSERT } from './records.ts'
import { S57Error } from './s57-error.ts'

/**
 * Throws S57Error when an update's record is for another object than the record of the cell with the same number: another identity
 * (FOID) or another class (OBJL). Record numbers alone do not reveal an update for another cell.
 */
export function checkSameObject(target: FeatureRecord, record: FeatureRecord, file: string): void {
  const name = `feature ${record.id}`
  if (hasIdentity(record) && identityOf(record) !== identityOf(target)) {
    const message = `the update is for the object ${identityOf(record)} (AGEN FIDN FIDS), but this record of the cell is ${identityOf(target)}`
    throw new S57Error({ file, record: name, field: 'FOID' }, message)
  }
  if (record.instruction !== INSERT && record.objectClass !== target.objectClass) {
    const message = `the update is for an object of the class ${className(record)}, but this record of the cell is ${className(target)}`
    throw new S57Error({ file, record: name, field: 'FRID' }, message)
  }
}

/** FIDN starts at 1, so a record without FOID has only zeros. */
function hasIdentity({ agency, featureId, featureSubdivision }: FeatureRecord): boolean {
  return agency !== 0 || featureId !== 0 || featureSubdivision !== 0
}

function identityOf({ agency, featureId, featureSubdivision }: FeatureRecord): string {
  return `${agency} ${featureId} ${featureSubdivision}`
}

function className({ objectClass }: FeatureRecord): string {
  return OBJECT_CLASSES.get(objectClass)?.acronym ?? `OBJL_${objectClass}`
}
