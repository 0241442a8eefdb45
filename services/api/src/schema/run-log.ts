/** A page of a run's log. */

import type { LogLevel } from '@aiia/core/job-run/log-line'
import type { PrismaClient } from '@aiia/prisma/client'
import { readLog } from '@aiia/store/logs'
import { z } from 'zod'
import { parse } from '../input/parse.ts'
import type { LogPageShape } from './log-page.ts'

const defaultSize = 200
const page = z.int().min(1).max(1_000).nullish()
const seq = z.int().min(0).nullish()

const schema = z
  .object({ afterSeq: seq, beforeSeq: seq, first: page, last: page, search: z.string().max(200).nullish() })
  .refine(({ first, last }) => first == null || last == null, { path: ['last'], message: 'Give either "first" or "last".' })

export type RunLogArguments = z.input<typeof schema> & { levels?: LogLevel[] | null | undefined }

/** @throws BAD_USER_INPUT */
export const runLog = async (
  { prisma }: { prisma: PrismaClient },
  runId: string,
  { levels, ...args }: RunLogArguments,
): Promise<LogPageShape> => {
  const { afterSeq, beforeSeq, first, last, search } = parse(schema, args)
  const fromEnd = last != null || (beforeSeq != null && afterSeq == null && first == null)
  return readLog(
    { prisma },
    {
      runId,
      ...(afterSeq != null && { afterSeq }),
      ...(beforeSeq != null && { beforeSeq }),
      ...(fromEnd ? { last: last ?? defaultSize } : { first: first ?? defaultSize }),
      ...(levels?.length && { levels }),
      ...(search && { search }),
    },
  )
}
