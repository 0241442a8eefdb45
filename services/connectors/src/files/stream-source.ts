/** What a stream of files may name: which files, and how they are written. The same for every kind that reads files. */

import { isEncodable } from '@aiia/pg-copy/text-encoders'
import { z } from 'zod'

/** One character that stands between, or around, the cells of a row. */
// oxlint-disable-next-line no-control-regex -- tabs divide cells, and so does U+0001 in files of Hive
const character = z.string().regex(/^[\x01-\x09\x0b\x0c\x0e-\x7f]$/, 'One ASCII character that does not end a line; \\t for a tab.')
/** A tab cannot be typed into a form. */
const mark = z
  .string()
  .transform((text) => (text === '\\t' ? '\t' : text))
  .pipe(character)

const csvSchema = z
  .strictObject({
    delimiter: mark.optional().meta({ title: 'Delimiter', description: 'Left out: found among , ; tab and |.' }),
    quote: mark.optional().meta({ title: 'Quote', description: 'Left out: ".' }),
    header: z.boolean().optional().meta({
      title: 'Header',
      description:
        'Whether the first line names the columns. Left out: found out. Without names they are called column_1, column_2 and so on.',
    }),
    encoding: z.enum(['utf-8', 'windows-1252', 'iso-8859-1', 'utf-16le']).optional().meta({ title: 'Encoding' }),
    nullText: z
      .string()
      .optional()
      .meta({ title: 'NULL text', description: 'A cell without quotes that reads so is NULL, as an empty one is.' }),
    skipLines: z.int().min(0).max(1_000).optional().meta({ title: 'Lines to skip', description: 'In front of the header.' }),
    ragged: z.enum(['REJECT', 'PAD']).optional().meta({
      title: 'Rows of another length',
      description: 'REJECT: they are rejected. PAD: cells that are missing are NULL; rows that are too long are rejected all the same.',
    }),
  })
  .refine(({ delimiter, quote = '"' }) => delimiter !== quote, 'The delimiter and the quote are the same.')

export const fileStreamSchema = z.strictObject({
  path: z
    .string()
    .trim()
    .min(1, 'A path, or a pattern such as in/*.csv.')
    .meta({
      title: 'Path',
      description: 'One file, or a pattern: * and ? stand for characters of a name, ** for folders, {a,b} for either.',
      examples: ['in/*.csv'],
    }),
  format: z.enum(['csv', 'jsonl', 'parquet']).optional().meta({ title: 'Format', description: 'Left out: by the extension.' }),
  compression: z
    .enum(['none', 'gzip', 'zstd'])
    .optional()
    .meta({ title: 'Compression', description: 'Left out: by the extension, or by what the file begins with.' }),
  csv: csvSchema.optional(),
  columns: z
    .array(z.strictObject({ name: z.string().min(1), type: z.string().refine(isEncodable, 'A Postgres type, such as numeric(15,2).') }))
    .optional()
    .meta({
      title: 'Columns',
      description:
        'Postgres types of columns whose type is not to be found out from the first rows. Without a header they are also the names, in their order.',
    }),
})

export type FileStream = z.output<typeof fileStreamSchema>
export type CsvOptions = z.output<typeof csvSchema>
export type FileFormat = NonNullable<FileStream['format']>
export type Compression = NonNullable<FileStream['compression']>
