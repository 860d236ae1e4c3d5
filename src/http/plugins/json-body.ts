import type { App } from '../base/app.ts'

/** Bodies are JSON. Many clients send the content type with nothing behind it, on logout for instance: that is no body. */
export function jsonBody(app: App): void {
  app.removeAllContentTypeParsers()
  const parse = app.getDefaultJsonParser('error', 'error')
  app.addContentTypeParser<string>('application/json', { parseAs: 'string' }, (request, body, done) => {
    if (body === '') done(null, undefined)
    else void parse(request, body, done)
  })
}
