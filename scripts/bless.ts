// Renews the golden pictures of chart 1: `npm run bless`. Look at each one before you commit it.
process.env['BLESS'] = '1'
process.argv.push('test/portrayal/chart-one.test.ts')
await import('./test.ts')
