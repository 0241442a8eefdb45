/** What is not well, and what to do; nothing where all is. */

import { Callout } from '@/ui/Callout.tsx'
import type { System } from './SystemPage.tsx'

export const Problems = ({ problems }: Pick<System, 'problems'>) => (
  <div aria-live="polite" className="mb-4 flex flex-col gap-2 empty:hidden">
    {problems.map(({ code, severity, title, resolution }) => (
      <Callout key={code} tone={severity === 'ERROR' ? 'danger' : 'warning'} title={title}>
        {resolution}
      </Callout>
    ))}
  </div>
)
