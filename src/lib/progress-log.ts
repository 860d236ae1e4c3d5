/** Where long work reports its progress to the operator. */
export interface ProgressLog {
  info(message: string): void
  warning(message: string): void
  error(message: string): void
}
