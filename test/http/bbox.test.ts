import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { assertProblem } from './assert-problem.ts'
import { startFixture } from './server-fixture.ts'

const fixture = await startFixture()
after(() => fixture[Symbol.asyncDispose]())
const token = await fixture.adminSession()
const ask = async (url: string, bbox: string) => await fixture.call('GET', `${url}?bbox=${encodeURIComponent(bbox)}`, { token })

for (const url of ['/api/v1/cells', '/api/portal/v1/charts/cells']) {
  test(`${url} refuses a bbox that is not a box on the globe`, async () => {
    const wrong = [
      '',
      '1',
      '1,2,3',
      '1,2,3,4,5',
      'a,2,3,4',
      '0,-91,1,1',
      '0,0,1,91',
      '0,10,1,9',
      '-181,0,1,1',
      '0,0,181,1',
      '1e1,0,2,1',
      ',,,',
    ]
    for (const bbox of wrong) {
      const problem = assertProblem(await ask(url, bbox), 400, 'VALIDATION_FAILED')
      assert.equal(problem.errors?.[0]?.field, 'bbox', bbox)
    }
  })

  test(`${url} accepts spaces, poles, and a bbox across the antimeridian`, async () => {
    for (const bbox of ['-180,-90,180,90', ' -81.5, 31 ,-80,32.5 ', '170,-10,-170,10', '0,0,0,0', '+1,2,3,4']) {
      assert.equal((await ask(url, bbox)).status, 200, bbox)
    }
  })
}
