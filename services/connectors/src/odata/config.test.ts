import { describe, expect, test } from 'vitest'
import { odataKind, settingsSchema, streamSourceSchema } from './config.ts'

const serviceUrl = 'https://S4.example.com/sap/opu/odata/sap/API_BUSINESS_PARTNER'
const basic = { serviceUrl, authentication: { kind: 'basic', user: 'AIIA' } }

test('little has to be told', () => {
  expect(settingsSchema.parse(basic)).toEqual({
    serviceUrl,
    version: 'auto',
    authentication: { kind: 'basic', user: 'AIIA' },
    pageSize: 5_000,
    rewriteLinks: false,
  })
})

test('another address or another way to sign in demands the credentials again, another page size does not', () => {
  const target = (changes: object) => odataKind.targetOf({ ...basic, ...changes })
  expect(target({ pageSize: 10, language: 'DE' })).toEqual(target({}))
  expect(target({ serviceUrl: 'https://other.example.com/' })).not.toEqual(target({}))
  expect(target({ authentication: { kind: 'bearer' } })).not.toEqual(target({}))
})

test('the server that runs load is named by host and port', () => {
  expect(odataKind.sourceHost(basic)).toBe('s4.example.com:443')
  expect(odataKind.sourceHost({ ...basic, serviceUrl: 'http://S4:8000/sap' })).toBe('s4:8000')
  expect(odataKind.address(basic)).toBe(serviceUrl)
})

describe('refused', () => {
  test.each([
    ['a user in the address', { serviceUrl: 'https://me:secret@s4/sap' }],
    ['a query in the address', { serviceUrl: `${serviceUrl}?sap-client=100` }],
    ['another protocol', { serviceUrl: 'ftp://s4/sap' }],
    ['no address', { serviceUrl: 'S4' }],
    ['basic without a user', { authentication: { kind: 'basic' } }],
    ['OAuth without its address', { authentication: { kind: 'oauth2-client-credentials', clientId: 'aiia' } }],
    ['a client that is none', { sapClient: '1' }],
    ['a language that is none', { language: 'GER' }],
    ['pages of nothing', { pageSize: 0 }],
  ])('%s', (_, changes) => {
    expect(settingsSchema.safeParse({ ...basic, ...changes }).success).toBe(false)
  })

  test.each([{}, { entitySet: ' ' }, { entitySet: 'A', expand: 'to_Item' }, { entitySet: 'A', filter: ' ' }])('the stream %j', (source) => {
    expect(streamSourceSchema.safeParse(source).error?.issues[0]?.message).toBeDefined()
  })
})
