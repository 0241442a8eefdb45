/** Damages bytes as networks, disks and people do, and as they never would. */

import type { Random } from '../faults/random.ts'
import { below } from './reader.ts'

/** What readers look for, and what they must not stumble over. */
const texts = [
  String.raw`" "" ' , ;`.split(' '),
  ['\t', '|', '\r', '\n', '\r\n', '\0'],
  String.raw`\ \" \u \u0000 \ud800 \ud83d\ude00 \udc00 { } [ ] }{ ][ {} [] : null true NULL {" "} {"a":1}`.split(' '),
  ['\n{"a":1}\n'],
  '[{"a":1}] // __proto__ @odata.nextLink "@odata.nextLink":"?$skip=1", "value": "d": "results": "@odata.count":99, INF - 1e999 -0 1E+400'.split(
    ' ',
  ),
  ['9'.repeat(40), `1${'0'.repeat(400)}`, '[['.repeat(700), '{"a":'.repeat(1_100), ' '.repeat(300)],
  'NaN /Date(1)/ /Date(99999999999999999)/ PT99H < > </ /> &amp; <![CDATA[ <!--'.split(' '),
  ['<!DOCTYPE x [<!ENTITY a "b">]>', 'Name="', 'Edm.', 'Precision="99999"', 'PAR1', '\u2028', '\u00e4', '🙂'],
].flat()

/** Marks of encodings and of packed files, broken UTF-8, and lengths. */
const sequences = 'efbbbf fffe feff c3 eda080 f09f ffffffff 80 ffffffff0f 7fffffff 00000000 1f8b08 28b52ffd'.split(' ')

const tokens = [...texts.map((text) => Buffer.from(text)), ...sequences.map((bytes) => Buffer.from(bytes, 'hex'))]

type Mutation = (from: Buffer, random: Random, other: Buffer) => Buffer

const spliced = (from: Buffer, at: number, remove: number, put: Buffer): Buffer =>
  Buffer.concat([from.subarray(0, at), put, from.subarray(Math.min(from.length, at + remove))])

const slice = (from: Buffer, random: Random): Buffer => {
  const start = below(random, from.length + 1)
  return from.subarray(start, start + 1 + below(random, random() < 0.8 ? 40 : from.length + 1))
}

const mutations: readonly Mutation[] = [
  (from, random) => {
    const at = below(random, from.length)
    return from.length === 0 ? from : spliced(from, at, 1, Buffer.from([(from[at] as number) ^ (1 << below(random, 8))]))
  },
  (from, random) => spliced(from, below(random, from.length + 1), below(random, 2), Buffer.from([below(random, 256)])),
  (from, random) => spliced(from, below(random, from.length), 1 + below(random, random() < 0.8 ? 4 : from.length), Buffer.alloc(0)),
  (from, random) => from.subarray(0, below(random, from.length + 1)),
  (from, random) => from.subarray(below(random, Math.min(from.length, 64) + 1)),
  (from, random) => spliced(from, below(random, from.length + 1), 0, slice(from, random)),
  (from, random) => spliced(from, below(random, from.length + 1), below(random, 20), slice(from, random)),
  (from, random, other) =>
    Buffer.concat([from.subarray(0, below(random, from.length + 1)), other.subarray(below(random, other.length + 1))]),
  (from, random) => spliced(from, below(random, from.length + 1), below(random, 3), random.pick(tokens)),
  (from, random) => spliced(from, below(random, from.length + 1), below(random, 3), random.pick(tokens)),
  (from, random) => Buffer.concat([random.pick(tokens), from]),
  (from, random) => Buffer.concat([from, random.pick(tokens)]),
]

const mostBytes = 65_536

/** @param other of the same kind, to be spliced in */
export const mutate = (from: Buffer, random: Random, other: Buffer): Buffer => {
  let mutated = from
  const times = random() < 0.6 ? 1 : 1 + below(random, 8)
  for (let time = 0; time < times; time += 1) mutated = random.pick(mutations)(mutated, random, other).subarray(0, mostBytes)
  return mutated
}

/** Bytes of nothing at all. */
export const noise = (random: Random): Buffer =>
  random() < 0.5
    ? Buffer.from(Array.from({ length: below(random, 200) }, () => below(random, 256)))
    : Buffer.concat(Array.from({ length: below(random, 40) }, () => random.pick(tokens)))
