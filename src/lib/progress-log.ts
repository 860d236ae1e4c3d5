/** Receives progress messages of long work, for the operator. */
export interface ProgressLog {
  info(message: string): void
  warning(message: string): void
  error(message: string): void
}
