/** What a stream of the kind `http` reads: a path, where its records are, and how one comes to the next page. */

import { z } from 'zod'

const parameter = z.string().min(1)
const size = z.int().min(1).max(1_000_000)
/** Names that lead to a member, joined by dots. */
const memberPath = z.string().regex(/^[^.]+(\.[^.]+)*$|^@/, 'The name of a member, or names joined by dots.')

/** `size` is sent as `sizeParam`; a shorter page is the last. */
const sized = { sizeParam: parameter.optional(), size: size.optional() }

const paginationSchema = z.discriminatedUnion('style', [
  z.strictObject({ style: z.literal('none') }),
  z.strictObject({ style: z.literal('page'), pageParam: parameter.default('page'), startPage: z.int().min(0).default(1), ...sized }),
  z.strictObject({
    style: z.literal('offset'),
    offsetParam: parameter.default('offset'),
    startOffset: z.int().min(0).default(0),
    ...sized,
  }),
  z
    .strictObject({
      style: z.literal('cursor'),
      cursorParam: parameter.default('cursor'),
      /** Of the answer, beside the records: it holds the cursor of the next page. */
      cursorPath: memberPath.optional(),
      /** Of the last record: its value is the cursor of the next page. */
      cursorField: z.string().min(1).optional(),
      /** Of the answer: `false` there ends it. */
      morePath: memberPath.optional(),
      ...sized,
    })
    .refine(
      ({ cursorPath, cursorField }) => (cursorPath === undefined) !== (cursorField === undefined),
      'Either "cursorPath", where the answer holds the next cursor, or "cursorField", the member of the last record that is it.',
    ),
  /** The address of the next page: in the header Link, or in the answer. */
  z.strictObject({ style: z.literal('link'), nextPath: memberPath.optional(), ...sized }),
])

/** As Postgres prints them, so that they can be compared with those of the table. */
const types =
  /^(text|character varying(\(\d+\))?|smallint|integer|bigint|numeric(\(\d+,\d+\))?|real|double precision|boolean|date|time(\([0-6]\))? without time zone|timestamp(\([0-6]\))? with(out)? time zone|interval|uuid|jsonb?)$/

const columnSchema = z.strictObject({
  name: z.string().min(1),
  type: z.string().regex(types, 'A Postgres type, such as text, bigint, numeric(15,2), timestamp with time zone or jsonb.'),
})

export const streamSourceSchema = z.strictObject(
  {
    path: z
      .string()
      .trim()
      .min(1)
      .refine((path) => !path.includes('#'), 'A path without a fragment.')
      .meta({ title: 'Path', description: 'Below the base address; it may have a query.', examples: ['/orders'] }),
    query: z
      .record(z.string().min(1), z.union([z.string(), z.number(), z.boolean()]))
      .optional()
      .meta({ title: 'Parameters', description: 'Of the query, sent with every page.' }),
    records: memberPath.optional().meta({
      title: 'Records',
      description: 'Where the array of the records is. Left out: the answer itself, or the first array of objects in it.',
      examples: ['data.items'],
    }),
    pagination: paginationSchema.prefault({ style: 'none' }).meta({ title: 'Pagination' }),
    since: z
      .strictObject({
        param: parameter,
        /** How times are printed; numbers are sent as they are. */
        format: z.enum(['iso', 'unix-seconds', 'unix-milliseconds']).default('iso'),
      })
      .optional()
      .meta({
        title: 'Since',
        description: 'The parameter that asks for records from a value of the cursor field on, that value included.',
      }),
    columns: z
      .array(columnSchema)
      .min(1)
      .refine((columns) => new Set(columns.map(({ name }) => name)).size === columns.length, 'A column is named twice.')
      .optional()
      .meta({ title: 'Columns', description: 'Left out: the members of the first records, with types that hold their values.' }),
  },
  { error: 'A path and how to read it: {"path": "/orders", "records": "data", "pagination": {"style": "page"}}.' },
)

export type HttpStreamSource = z.output<typeof streamSourceSchema>
export type PaginationSettings = HttpStreamSource['pagination']
