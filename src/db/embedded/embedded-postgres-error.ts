/** The embedded PostgreSQL cannot be used. The message is for the operator: what is wrong, where, and what to do about it. */
export class EmbeddedPostgresError extends Error {
  override readonly name = 'EmbeddedPostgresError'
}
