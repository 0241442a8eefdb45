import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { pathAfterLogin } from '@/features/session/login-path.ts'
import { SignInForm } from '@/features/session/SignInForm.tsx'
import { ViewerDocument } from '@/graphql/generated/graphql.ts'
import { openPageReader } from '@/graphql/page-reader.ts'
import * as t from '@/texts/pages.ts'
import { Brand } from '@/ui/Brand.tsx'

export const metadata: Metadata = { title: t.signIn }

const LoginPage = async ({ searchParams }: { searchParams: Promise<{ next?: string }> }) => {
  const next = pathAfterLogin((await searchParams).next)
  const { viewer } = await (await openPageReader()).read(ViewerDocument, {})
  if (viewer) redirect(next)
  return (
    // In the middle by its usual height, not by its own: that grows while the page comes in, and with each error.
    <main className="min-h-dvh bg-[radial-gradient(60rem_30rem_at_50%_-10rem,var(--accent-tint),transparent)] px-4 pt-[max(3rem,calc(50dvh-14rem))] pb-12">
      <div className="mx-auto w-full max-w-88">
        <Brand className="mx-auto size-11" />
        <h1 className="mt-5 text-center text-xl font-semibold tracking-tight">{t.signInHeading}</h1>
        <p className="mt-1 mb-7 text-center text-sm text-ink-soft">{t.signInSubheading}</p>
        <div className="rounded-xl border bg-surface p-6 shadow-card">
          <SignInForm next={next} />
        </div>
        <p className="mt-5 text-center text-xs text-balance text-ink-faint">{t.firstLoginHint}</p>
      </div>
    </main>
  )
}

export default LoginPage
