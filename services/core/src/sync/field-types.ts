/** The types that a column of the destination can have, by the names that people and databases give them. */

/** A type that values can be encoded for. */
export type TypeName = {
  /** Without modifiers, such as `timestamp with time zone`. */
  base: string
  /** Precision and scale, or length; empty where none is given or needed. */
  modifiers: readonly number[]
}

const aliases: Readonly<Record<string, string>> = {
  int: 'integer',
  int2: 'smallint',
  int4: 'integer',
  int8: 'bigint',
  decimal: 'numeric',
  dec: 'numeric',
  float4: 'real',
  float8: 'double precision',
  bool: 'boolean',
  varchar: 'character varying',
  'char varying': 'character varying',
  char: 'character',
  varbit: 'bit varying',
  time: 'time without time zone',
  timestamp: 'timestamp without time zone',
  timestamptz: 'timestamp with time zone',
}

/** What may stand in brackets, by type: how many numbers, and the least and the most of the first. */
const lengths: Readonly<Record<string, { most: number; byDefault?: number }>> = {
  'character varying': { most: 10_485_760 },
  character: { most: 10_485_760, byDefault: 1 },
  'bit varying': { most: 83_886_080 },
  bit: { most: 83_886_080, byDefault: 1 },
}

const timed = /^(time without time zone|timestamp with(out)? time zone|interval)$/
const plain = new Set([
  'smallint',
  'integer',
  'bigint',
  'real',
  'double precision',
  'boolean',
  'text',
  'bytea',
  'date',
  'uuid',
  'json',
  'jsonb',
])

const form = /^([a-z][a-z0-9 ]*?) ?(?:\( ?(\d{1,9}) ?(?:, ?(-?\d{1,9}) ?)?\))?( with(?:out)? time zone)?$/

/** @returns null where the text is no type that values can be encoded for */
export const parseTypeName = (type: string): TypeName | null => {
  const [, word, first, second, zone = ''] = form.exec(type.trim().toLowerCase().replace(/\s+/g, ' ')) ?? []
  if (word === undefined) return null
  const name = word + zone
  const modifiers = [first, second].flatMap((modifier) => (modifier === undefined ? [] : [Number(modifier)]))
  if (name === 'float') return floatOf(modifiers)
  if (name === 'bpchar') return modifiers.length === 0 ? { base: name, modifiers } : checked('character', modifiers)
  return checked(aliases[name] ?? name, modifiers)
}

/** As `format_type` of Postgres prints it. */
export const printTypeName = ({ base, modifiers }: TypeName): string => {
  if (modifiers.length === 0) return base
  const [word, ...zone] = base.split(/(?= with)/)
  return `${word}(${modifiers.join(',')})${zone.join('')}`
}

/** @returns the type as Postgres prints it, such as `numeric(15,2)` for `decimal(15, 2)`, or null where no column can have it */
export const canonicalType = (type: string): string | null => {
  const name = parseTypeName(type)
  return name === null ? null : printTypeName(name)
}

const floatOf = ([bits = 53, ...more]: number[]): TypeName | null =>
  bits < 1 || bits > 53 || more.length > 0 ? null : { base: bits < 25 ? 'real' : 'double precision', modifiers: [] }

const checked = (base: string, modifiers: readonly number[]): TypeName | null => {
  const [first, second] = modifiers
  if (first === undefined) {
    const length = lengths[base]
    if (length?.byDefault !== undefined) return { base, modifiers: [length.byDefault] }
    return plain.has(base) || length !== undefined || timed.test(base) || base === 'numeric' ? { base, modifiers } : null
  }
  if (base === 'numeric') {
    const scale = second ?? 0
    return first >= 1 && first <= 1_000 && Math.abs(scale) <= 1_000 ? { base, modifiers: [first, scale] } : null
  }
  if (second !== undefined) return null
  // The server takes more digits of a second as six.
  if (timed.test(base)) return { base, modifiers: [Math.min(first, 6)] }
  const most = lengths[base]?.most ?? 0
  return first >= 1 && first <= most ? { base, modifiers } : null
}
