'use client'
/** Every way a run can end badly, to be found by code or by words; each has an address of its own. */

import { RotateCw, SearchX } from 'lucide-react'
import { useSearchParams } from 'next/navigation'
import { useEffect, useState, useSyncExternalStore } from 'react'
import { useQuery } from 'urql'
import { FailureCatalogueDocument, type FailureCatalogueQuery } from '@/graphql/generated/graphql.ts'
import * as t from '@/texts/failures.ts'
import * as statusTexts from '@/texts/status.ts'
import { Badge } from '@/ui/Badge.tsx'
import { Button } from '@/ui/Button.tsx'
import { Card } from '@/ui/Card.tsx'
import { EmptyState } from '@/ui/EmptyState.tsx'
import { PageHeader } from '@/ui/PageHeader.tsx'
import { SearchInput } from '@/ui/SearchInput.tsx'
import { failurePath, failuresPath } from './failure-path.ts'
import { matching } from './matching.ts'

type Explanation = FailureCatalogueQuery['failureCatalogue'][number]

export const FailureCatalogue = () => {
  const [{ data }] = useQuery({ query: FailureCatalogueDocument })
  const [text, setText] = useState('')
  const chosen = useChosen()
  const [shown, setShown] = useState(chosen)
  if (shown !== chosen) {
    // What an address asks for is shown, whatever was searched for before.
    setShown(chosen)
    if (chosen !== '') setText('')
  }
  useEffect(() => {
    if (chosen !== '') document.getElementById(chosen)?.scrollIntoView()
  }, [chosen])
  const search = (next: string) => {
    setText(next)
    // The one of the address may not be among what is found, and can be asked for again.
    if (chosen !== '') window.history.replaceState(null, '', failuresPath)
  }
  if (!data) return null
  const found = matching(data.failureCatalogue, text)
  return (
    <>
      <PageHeader
        title={t.title}
        description={t.description}
        actions={
          <SearchInput
            label={t.search}
            pageSearch
            value={text}
            onChange={({ target }) => search(target.value)}
            className="w-full min-w-40 flex-1 sm:w-60"
          />
        }
      />
      <p aria-live="polite" className="sr-only">
        {text !== '' && t.found(found.length)}
      </p>
      {found.length === 0 ? (
        <Card>
          <EmptyState icon={SearchX} title={t.noMatchTitle} action={<Button onClick={() => setText('')}>{t.clearSearch}</Button>}>
            {t.noMatchHint(text)}
          </EmptyState>
        </Card>
      ) : (
        <div className="grid gap-4 2xl:grid-cols-2">
          {found.map((failure) => (
            <Entry key={failure.code} failure={failure} chosen={failure.code === chosen} />
          ))}
        </div>
      )}
    </>
  )
}

const onHashChange = (changed: () => void) => {
  window.addEventListener('hashchange', changed)
  return () => window.removeEventListener('hashchange', changed)
}

/** The failure that the address names: browsers do not mark the target of a way within the console. */
const useChosen = (): string => {
  // Of a way within the page, only the router tells.
  useSearchParams()
  return useSyncExternalStore(
    onHashChange,
    () => decodeURIComponent(window.location.hash.slice(1)),
    () => '',
  )
}

type EntryProps = { failure: Explanation; chosen: boolean }

const Entry = ({ failure: { code, title, status, retryable, rootCause, resolution }, chosen }: EntryProps) => (
  <section
    id={code}
    aria-labelledby={`title-${code}`}
    data-chosen={chosen || undefined}
    className="min-w-0 scroll-mt-20 rounded-lg border bg-surface p-4 shadow-card data-chosen:border-primary data-chosen:shadow-[inset_0_0_0_1px_var(--primary)]"
  >
    <div className="flex flex-wrap items-center gap-x-2.5 gap-y-1.5">
      <h2 id={`title-${code}`} className="text-base font-semibold">
        {title}
      </h2>
      <a href={failurePath(code)} className="min-w-0 rounded-sm font-mono text-xs break-all text-ink-faint hover:text-ink hover:underline">
        {code}
      </a>
      <span className="flex flex-wrap gap-1.5 sm:ml-auto">
        {status === 'ERROR' ? (
          <Badge tone="error">{statusTexts.statusNames.ERROR}</Badge>
        ) : (
          <Badge tone="failed">{statusTexts.statusNames.FAILED}</Badge>
        )}
        {retryable && <Badge icon={RotateCw}>{t.triesAgain}</Badge>}
      </span>
    </div>
    <dl className="mt-3 grid gap-x-8 gap-y-3 md:grid-cols-2">
      {[
        [t.rootCause, rootCause],
        [t.resolution, resolution],
      ].map(([label, words]) => (
        <div key={label} className="min-w-0">
          <dt className="text-xs font-medium text-ink-faint">{label}</dt>
          <dd className="mt-1 text-sm break-words">{words}</dd>
        </div>
      ))}
    </dl>
    <p className="mt-3 text-xs text-ink-faint">{retryable ? t.repeated(status) : t.notRepeated(status)}</p>
  </section>
)
