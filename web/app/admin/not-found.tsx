import { Compass } from 'lucide-react'
import * as t from '@/texts/pages.ts'
import { ButtonLink } from '@/ui/Button.tsx'
import { EmptyState } from '@/ui/EmptyState.tsx'

const NotFound = () => (
  <div className="flex min-h-[70dvh] items-center justify-center">
    <EmptyState icon={Compass} title={t.notFoundTitle} action={<ButtonLink href="/admin/connectors">{t.goToConnectors}</ButtonLink>}>
      {t.notFoundHint}
    </EmptyState>
  </div>
)

export default NotFound
