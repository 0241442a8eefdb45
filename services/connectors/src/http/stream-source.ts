/** What a stream of the kind `http` reads: a path, where its records are, and how one comes to the next page. */

import { z } from 'zod'

const parameter = z.string().min(1)
const size = z.int().min(1).max(1_000_000)
/** Names that lead to a member, joined by dots. */
const memberPath = z.string().regex(/^[^.]+(\.[^.]+)*$|^@/, 'The name of a member, or names joined by dots.')

/** `size` is sent as `sizeParam`; a shorter page is the last. */
const sized = {
  sizeParam: parameter.optional().meta({ title: 'Size parameter', description: 'The parameter that asks for so many records a page.' }),
  size: size.optional().meta({ title: 'Page size' }),
}

const paginationSchema = z.discriminatedUnion('style', [
  z.strictObject({ style: z.literal('none') }),
  z.strictObject({
    style: z.literal('page'),
    pageParam: parameter.default('page').meta({ title: 'Page parameter' }),
    startPage: z.int().min(0).default(1).meta({ title: 'First page' }),
    ...sized,
  }),
  z.strictObject({
    style: z.literal('offset'),
    offsetParam: parameter.default('offset').meta({ title: 'Offset parameter' }),
    startOffset: z.int().min(0).default(0).meta({ title: 'First offset' }),
    ...sized,
  }),
  z
    .strictObject({
      style: z.literal('cursor'),
      cursorParam: parameter.default('cursor').meta({ title: 'Cursor parameter' }),
      cursorPath: memberPath.optional().meta({
        title: 'Cursor in the answer',
        description: 'The member beside the records that holds the cursor of the next page, such as meta.next.',
      }),
      cursorField: z.string().min(1).optional().meta({
        title: 'Cursor in the last record',
        description: 'The member of the last record whose value is the cursor of the next page.',
      }),
      morePath: memberPath.optional().meta({
        title: 'More to come',
        description: 'The member of the answer that is false on the last page, such as has_more.',
      }),
      ...sized,
    })
    .refine(
      ({ cursorPath, cursorField }) => (cursorPath === undefined) !== (cursorField === undefined),
      'Either "cursorPath", where the answer holds the next cursor, or "cursorField", the member of the last record that is it.',
    ),
  /** The address of the next page: in the header Link, or in the answer. */
  z.strictObject({
    style: z.literal('link'),
    nextPath: memberPath.optional().meta({
      title: 'Next page in the answer',
      description: 'The member that holds the address of the next page. Left out: the header Link.',
    }),
    ...sized,
  }),
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
        param: parameter.meta({ title: 'Parameter', examples: ['updated_after'] }),
        format: z.enum(['iso', 'unix-seconds', 'unix-milliseconds']).default('iso').meta({
          title: 'Times as',
          description: 'How times are printed; numbers are sent as they are.',
        }),
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
