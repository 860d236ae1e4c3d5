// Renews the table in docs/security.md of who may call what: `npm run authorisation`.
process.env['RENEW_AUTHORISATION'] = '1'
process.argv.push('test/http/routes.test.ts')
await import('./test.ts')
