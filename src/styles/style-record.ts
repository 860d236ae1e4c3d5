import type { Selectable } from 'kysely'
import type { StyleTable } from '#db/schema.ts'
import type { StyleParameters } from './style-parameters.ts'

/** A custom style as the contract shows it; times in milliseconds since the Unix epoch. */
export interface StyleRecord {
  id: number
  name: string
  /** User name of its creator. */
  userEmail: string
  createdAt: number
  updatedAt: number
  parameters: StyleParameters
}

export function toStyleRecord(row: Selectable<StyleTable>): StyleRecord {
  return {
    id: row.id,
    name: row.name,
    userEmail: row.user_email,
    createdAt: row.created_at.getTime(),
    updatedAt: row.updated_at.getTime(),
    parameters: row.parameters,
  }
}
