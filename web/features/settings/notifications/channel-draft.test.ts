import { expect, test } from 'vitest'
import { type ChannelDraft, channelChangeOf, emptyDraft, generateSecret, newChannelOf, problemsOf } from './channel-draft.ts'

const draft = (change: Partial<ChannelDraft> = {}): ChannelDraft => ({ ...emptyDraft, name: 'Ops', url: 'https://x', ...change })
const common = { name: 'Ops', events: ['RUN_FAILED', 'RUN_RECOVERED'], connectorIds: null }

test.each([
  [draft({ secret: 'a long secret' }), { ...common, kind: 'WEBHOOK', url: 'https://x', secret: 'a long secret' }],
  [draft({ signed: false, secret: 'left behind' }), { ...common, kind: 'WEBHOOK', url: 'https://x' }],
  [draft({ kind: 'SLACK', secret: 'left behind' }), { ...common, kind: 'SLACK', url: 'https://x' }],
  [
    draft({ kind: 'EMAIL', recipients: 'a@x.de, b@x.de;\nc@x.de' }),
    { ...common, kind: 'EMAIL', recipients: ['a@x.de', 'b@x.de', 'c@x.de'] },
  ],
  [
    draft({ allConnectors: false, connectorIds: ['c'], signed: false }),
    { ...common, kind: 'WEBHOOK', url: 'https://x', connectorIds: ['c'] },
  ],
])('%j is sent without what belongs to another kind', (given, sent) => {
  expect(newChannelOf(given)).toEqual(sent)
})

test('an address and a secret that are left empty stay', () => {
  expect(channelChangeOf(draft({ url: ' ' }))).toEqual(common)
  expect(channelChangeOf(draft({ signed: false }))).toEqual({ ...common, url: 'https://x', secret: null })
})

test('a signature takes a secret, unless there is one', () => {
  expect(problemsOf(draft(), null)).toHaveProperty('secret')
  expect(problemsOf(draft(), { signed: true })).toEqual({})
  expect(problemsOf(draft({ secret: generateSecret() }), null)).toEqual({})
  expect(generateSecret()).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/)
})
