import { Compass } from 'lucide-react'
import { ButtonLink } from '@/ui/Button.tsx'
import { EmptyState } from '@/ui/EmptyState.tsx'

const NotFound = () => (
  <main className="flex min-h-[70dvh] items-center justify-center">
    <EmptyState
      icon={Compass}
      title="There is nothing at this address"
      action={<ButtonLink href="/admin/connectors">Go to Connectors</ButtonLink>}
    >
      It may have been deleted, or the link may be incomplete.
    </EmptyState>
  </main>
)

export default NotFound
