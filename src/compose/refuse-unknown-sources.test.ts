import assert from 'node:assert/strict'
import { test } from 'node:test'
import { loadConfig } from '#config/load-config.ts'
import { refuseUnknownSources } from './refuse-unknown-sources.ts'

test('a misspelt variable of a chart source stops the start and lists the variables there are', () => {
  const copy = 'file:///srv/ienc/catalogue.xml'
  refuseUnknownSources(loadConfig({}))
  refuseUnknownSources(loadConfig({ PUBLIC_INLAND_CHARTS_URL: copy }))
  assert.throws(() => refuseUnknownSources(loadConfig({ PUBLIC_INLND_CHARTS_URL: copy })), {
    name: 'ConfigError',
    message:
      'PUBLIC_INLND_CHARTS_URL names no source of charts; the variables of the chart sources are PUBLIC_CHARTS_URL, PUBLIC_INLAND_CHARTS_URL',
  })
})
