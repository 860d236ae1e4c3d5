import type { ColumnType } from 'kysely'

/** The content of a json or jsonb column. */
export type Json = unknown
/** A jsonb column that is written as text and read as a value. */
export type Jsonb<T> = ColumnType<T, string, string>
export type Time = ColumnType<Date, Date | undefined, Date>
export type NullableTime = ColumnType<Date | null, Date | null | undefined, Date | null>
