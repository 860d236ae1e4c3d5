import { editRows } from '#s57/edit-list.ts'
import { INSERT, type Rows } from '#s57/records.ts'
import type { DatasetStore } from './dataset-store.ts'
import { C2IL_WIDTH, C3IL_WIDTH, type CoordinateEdit, CURVE, POINT, PTAS_WIDTH, type SpatialRecord } from './records.ts'
import { S101Error } from './s101-error.ts'
import type { UpdateContext } from './update-context.ts'

/**
 * Edits the coordinates of a point, multipoint or curve. Coordinates without control field (COCC) replace those of a point, and are
 * added where there are none. Throws S101Error when an edit does not fit.
 */
export function editCurve(
  store: DatasetStore,
  target: SpatialRecord,
  record: SpatialRecord,
  name: string,
  context: UpdateContext,
): void {
  if (record.endPoints !== null) target.endPoints = record.endPoints
  const edits = record.coordinateEdits ?? []
  if (record.coordinates === null && edits.length === 0) return
  const place = { record: name, field: 'COCC', createError }
  const hasSome = target.coordinates !== null && target.coordinates.count > 0
  const givesSome = record.coordinates !== null || edits.some(({ given }) => given !== null)
  if (hasSome && givesSome && record.depths !== target.depths) {
    throw new S101Error({ file: context.file, ...place }, 'the update mixes coordinates with and without depth')
  }
  if (!hasSome && givesSome) target.depths = record.depths
  const width = target.depths ? C3IL_WIDTH : C2IL_WIDTH
  if (record.coordinates !== null) {
    if (target.kind === POINT) target.coordinates = record.coordinates
    else target.coordinates = editRows(target.coordinates, record.coordinates, null, width, { ...context, ...place })
  }
  for (const each of edits) {
    const { edit, given } = target.kind === CURVE ? behindBeginning(store, target, each, name, context) : each
    target.coordinates = editRows(target.coordinates, given, edit, width, { ...context, ...place })
  }
}

const createError = (place: { file: string }, message: string) => new S101Error(place, message)

/**
 * An insertion before the first position of a curve whose begin point stays is meant behind it: a known fault of producers, which
 * deleted from the second position on before.
 */
function behindBeginning(
  store: DatasetStore,
  target: SpatialRecord,
  given: CoordinateEdit,
  name: string,
  { file, warnings }: UpdateContext,
): CoordinateEdit {
  const { edit, given: list } = given
  const begin = endPoint(store, target, 1)
  const first = positionAt(target.coordinates, 0)
  if (edit.instruction !== INSERT || edit.index !== 1 || begin === null || first !== begin || positionAt(list, 0) === begin)
    return given
  warnings.add(`${file}, ${name}: inserted coordinates behind the first position of the curve, which is its begin point`)
  return { edit: { ...edit, index: 2 }, given: list }
}

/** A curve must begin and end at its points (PTAS) once the whole update has been applied; otherwise throws S101Error. */
export function checkEnds(store: DatasetStore, target: SpatialRecord, name: string, file: string): void {
  const list = target.coordinates
  for (const [topology, index] of [
    [1, 0],
    [2, (list?.count ?? 0) - 1],
  ] as const) {
    const point = endPoint(store, target, topology)
    if (point === null || positionAt(list, index) === point) continue
    const which = topology === 1 ? 'begins' : 'ends'
    throw new S101Error({ file, record: name, field: 'COCC' }, `after the update the curve no longer ${which} at its point`)
  }
}

/** The position of the point where a curve begins (1) or ends (2); null when it is not known. A closed curve has one for both (3). */
function endPoint(store: DatasetStore, { endPoints }: SpatialRecord, topology: 1 | 2): string | null {
  if (endPoints === null) return null
  for (let i = 0; i < endPoints.count; i++) {
    const at = endPoints.start + i * PTAS_WIDTH
    const which = endPoints.view.getUint8(at + 5)
    if (which !== topology && which !== 3) continue
    const point = store.spatial.get(endPoints.view.getUint8(at))?.get(endPoints.view.getUint32(at + 1, true))
    return point === undefined || point.depths ? null : positionAt(point.coordinates, 0)
  }
  return null
}

function positionAt(list: Rows | null, index: number): string | null {
  if (list === null || index < 0 || index >= list.count) return null
  const at = list.start + index * C2IL_WIDTH
  return `${list.view.getInt32(at + 4, true)} ${list.view.getInt32(at, true)}`
}
