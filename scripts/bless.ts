// Renews the golden pictures of chart 1 and of the raster tiles: `npm run bless`. Look at each one before you commit it.
process.env['BLESS'] = '1'
process.argv.push('test/portrayal/chart-one.test.ts', 'test/browser/raster-beside-vector.test.ts')
await import('./test.ts')
