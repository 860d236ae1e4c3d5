import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { openChromium, withoutChromium } from '#test/browser/chromium.ts'
import { startFixture } from '../http/server-fixture.ts'

const fixture = await startFixture()
after(() => fixture[Symbol.asyncDispose]())

test('the reference of the API loads nothing from elsewhere and runs nothing inline', async () => {
  const page = await fixture.call('GET', '/api/docs')
  const policy = page.headers.get('content-security-policy') ?? ''
  assert.match(policy, /^default-src 'none'; script-src 'self'; style-src 'self';/)
  assert.doesNotMatch(policy, /unsafe|https?:/)
  for (const [, address = ''] of page.text.matchAll(/(?:src|href)="(\/[^"]+)"/g))
    assert.equal((await fixture.call('GET', address)).status, 200, address)
})

test('the reference shows every operation and breaks no rule of its policy', { skip: withoutChromium }, async () => {
  const browser = await openChromium()
  try {
    const page = await browser.newPage()
    const complaints: string[] = []
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) complaints.push(message.text())
    })
    page.on('pageerror', (error) => complaints.push(String(error)))
    await page.goto(`${fixture.origin}/api/docs`)
    await page.waitForSelector('.opblock-tag-section')
    const tag = page.locator('#operations-tag-Administration .opblock, .opblock-tag[data-tag="Administration"]')
    await tag.first().click()
    await page.waitForSelector('#operations-Administration-createAccount')
    await page.locator('#operations-Administration-createAccount .opblock-summary-control').click()
    await page.waitForSelector('#operations-Administration-createAccount .responses-table')
    assert.deepEqual(complaints, [])
  } finally {
    await browser.close()
  }
})
