import type pg from 'pg'

/** Makes a message of several statements return the result of the last one, instead of a list that Kysely cannot read. */
export function answerWithLastResult(client: pg.PoolClient): void {
  const original = client.query.bind(client) as (...rest: unknown[]) => unknown
  const query = (...rest: unknown[]): unknown => {
    const sent = original(...rest)
    return sent instanceof Promise ? sent.then((result: unknown) => (Array.isArray(result) ? result.at(-1) : result)) : sent
  }
  client.query = query as typeof client.query
}
