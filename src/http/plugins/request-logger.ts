import type { FastifyBaseLogger } from 'fastify'

/**
 * The logger of a request, which puts its id on every line. It is made with the first line, because most requests log nothing, and making a
 * child of the server's logger takes longer than finding a cached tile.
 */
export class RequestLogger implements FastifyBaseLogger {
  readonly #parent: FastifyBaseLogger
  readonly #bindings: Record<string, unknown>
  #made: FastifyBaseLogger | null = null

  constructor(parent: FastifyBaseLogger, bindings: Record<string, unknown>) {
    this.#parent = parent
    this.#bindings = bindings
  }

  get #child(): FastifyBaseLogger {
    this.#made ??= this.#parent.child(this.#bindings)
    return this.#made
  }

  get level() {
    return this.#child.level
  }

  set level(level) {
    this.#child.level = level
  }

  fatal(...line: Parameters<FastifyBaseLogger['fatal']>): void {
    this.#child.fatal(...line)
  }

  error(...line: Parameters<FastifyBaseLogger['error']>): void {
    this.#child.error(...line)
  }

  warn(...line: Parameters<FastifyBaseLogger['warn']>): void {
    this.#child.warn(...line)
  }

  info(...line: Parameters<FastifyBaseLogger['info']>): void {
    this.#child.info(...line)
  }

  debug(...line: Parameters<FastifyBaseLogger['debug']>): void {
    this.#child.debug(...line)
  }

  trace(...line: Parameters<FastifyBaseLogger['trace']>): void {
    this.#child.trace(...line)
  }

  silent(...line: Parameters<FastifyBaseLogger['silent']>): void {
    this.#child.silent(...line)
  }

  child(...given: Parameters<FastifyBaseLogger['child']>): FastifyBaseLogger {
    return this.#child.child(...given)
  }
}
