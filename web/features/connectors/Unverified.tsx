/** Said wherever such a kind is chosen or used: nobody has tried it against the real thing. */

import { FlaskConical } from 'lucide-react'
import { Badge } from '@/ui/Badge.tsx'

export const Unverified = () => (
  <Badge tone="pending" icon={FlaskConical}>
    not verified against a live server
  </Badge>
)
